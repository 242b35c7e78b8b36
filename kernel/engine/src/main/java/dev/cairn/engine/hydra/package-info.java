/** Composes the configuration of {@code hydra.enabled}: config groups, defaults lists, interpolations. Uses {@code params} and {@code yaml}. */
@NullMarked
package dev.cairn.engine.hydra;

import org.jspecify.annotations.NullMarked;
