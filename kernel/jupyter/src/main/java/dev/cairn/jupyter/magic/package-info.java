/**
 * Magics: found in a cell by reading its Java, held in a registry, run with their arguments filled in. Uses {@code output} and
 * {@code extension}; Java code is evaluated through {@link dev.cairn.jupyter.extension.KernelContext} only.
 */
@NullMarked
package dev.cairn.jupyter.magic;

import org.jspecify.annotations.NullMarked;
