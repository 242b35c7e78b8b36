/** Moves cache objects between the cache, the workspace and remotes. */
@NullMarked
package dev.cairn.engine.transfer;

import org.jspecify.annotations.NullMarked;
