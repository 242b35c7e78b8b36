/**
 * One session: cells in, output and replies out. Knows neither sockets nor files, so that the kernel and the headless runner
 * execute cells in exactly the same way. Uses {@code eval}, {@code magic}, {@code output}, {@code display}, {@code extension}.
 */
@NullMarked
package dev.cairn.jupyter.session;

import org.jspecify.annotations.NullMarked;
