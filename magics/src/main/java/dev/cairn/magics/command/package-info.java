/**
 * DVC's command line on top of the engine: options are parsed here, the engine is called, and its value returned or printed. Uses
 * {@code render} for text; knows nothing of notebooks but whether it serves one.
 */
@NullMarked
package dev.cairn.magics.command;

import org.jspecify.annotations.NullMarked;
