/**
 * What lies at a path now: a file, a directory or nothing, identified by content. Uses {@code hash}, {@code ignore}, {@code json} and {@code parallel}.
 */
@NullMarked
package dev.cairn.store.snapshot;

import org.jspecify.annotations.NullMarked;
