/**
 * Where output of cells goes: streams gathered into whole messages, displays with ids, and the way from {@code System.out}
 * to the cell that wrote. Uses {@code display} and {@code extension}.
 */
@NullMarked
package dev.cairn.jupyter.output;

import org.jspecify.annotations.NullMarked;
