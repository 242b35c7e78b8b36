/** Decides which stages are stale and runs them. Knows nothing of experiments. */
@NullMarked
package dev.cairn.engine.reproduce;

import org.jspecify.annotations.NullMarked;
