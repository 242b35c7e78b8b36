/**
 * Java code of cells through JShell in this process: split into statements, run on threads that can be stopped, errors told in
 * lines of the cell. Uses {@code output}; knows nothing of magics or messages.
 */
@NullMarked
package dev.cairn.jupyter.eval;

import org.jspecify.annotations.NullMarked;
