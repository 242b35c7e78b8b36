/**
 * The magics: one engine session for each kernel, its commands on the notebook's lines, and live output of runs. Uses {@code command} and
 * {@code render}, and the kernel's extension API.
 */
@NullMarked
package dev.cairn.magics.session;

import org.jspecify.annotations.NullMarked;
