/** Runs what the tutorials show. */
@NullMarked
package dev.cairn.notebooks;

import org.jspecify.annotations.NullMarked;
