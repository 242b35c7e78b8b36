/**
 * Dependencies from Maven repositories: the magics that ask for them, and what they ask. The answers come from another jar,
 * which is loaded when the first question is asked. Uses {@code extension} and {@code magic}.
 */
@NullMarked
package dev.cairn.jupyter.maven;

import org.jspecify.annotations.NullMarked;
