/**
 * The content-addressed store (DVC's cache), links out of it and the checkout of its content. Uses {@code snapshot} and below, and {@code posix}.
 */
@NullMarked
package dev.cairn.store.cas;

import org.jspecify.annotations.NullMarked;
