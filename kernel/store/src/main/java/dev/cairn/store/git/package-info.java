/**
 * Git objects and refs without touching the user's HEAD, index or stash. Uses {@code file} and {@code ignore}.
 */
@NullMarked
package dev.cairn.store.git;

import org.jspecify.annotations.NullMarked;
