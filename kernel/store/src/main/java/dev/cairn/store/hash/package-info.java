/**
 * Content hashes as DVC computes them. Uses {@code file}.
 */
@NullMarked
package dev.cairn.store.hash;

import org.jspecify.annotations.NullMarked;
