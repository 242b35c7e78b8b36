/** What the engine throws. Every other package of the engine may use it; it uses none. */
@NullMarked
package dev.cairn.engine.error;

import org.jspecify.annotations.NullMarked;
