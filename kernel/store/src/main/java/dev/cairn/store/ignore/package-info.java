/**
 * Ignore patterns in the grammar of {@code .gitignore}, with the place each one comes from. Uses JGit's matcher.
 */
@NullMarked
package dev.cairn.store.ignore;

import org.jspecify.annotations.NullMarked;
