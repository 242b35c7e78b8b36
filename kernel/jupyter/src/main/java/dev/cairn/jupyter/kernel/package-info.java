/** The kernel process: requests of front ends, answered by a session. Uses {@code session}, {@code channel}, {@code protocol}. */
@NullMarked
package dev.cairn.jupyter.kernel;

import org.jspecify.annotations.NullMarked;
