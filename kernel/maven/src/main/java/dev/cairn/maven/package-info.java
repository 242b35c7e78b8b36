/**
 * Artifacts from Maven repositories, as the user's own Maven would find them. Loaded when a cell first asks for one. Uses
 * {@code dev.cairn.jupyter.maven} and {@code extension} of the kernel.
 */
@NullMarked
package dev.cairn.maven;

import org.jspecify.annotations.NullMarked;
