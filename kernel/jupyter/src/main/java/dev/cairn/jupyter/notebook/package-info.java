/**
 * Notebook files: read and written as nbformat does, run without a front end through a session, shown as one HTML page. Uses
 * {@code session}, {@code output} and {@code display}.
 */
@NullMarked
package dev.cairn.jupyter.notebook;

import org.jspecify.annotations.NullMarked;
