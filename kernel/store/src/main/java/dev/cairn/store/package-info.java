/** What every store package shares: the root of its exceptions. Uses nothing. */
@NullMarked
package dev.cairn.store;

import org.jspecify.annotations.NullMarked;
