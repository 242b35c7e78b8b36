/**
 * The magics in JJava, another Java kernel: its extension interface on one side, Cairn's on the other. Uses {@code session} only for the
 * extension it installs; nothing here is loaded in Cairn's own kernel.
 */
@NullMarked
package dev.cairn.magics.jjava;

import org.jspecify.annotations.NullMarked;
