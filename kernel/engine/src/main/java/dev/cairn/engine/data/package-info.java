/** What is done with tracked data: add, commit, check out, status, push and pull. Uses {@code reproduce} for changes and commits. */
@NullMarked
package dev.cairn.engine.data;

import org.jspecify.annotations.NullMarked;
