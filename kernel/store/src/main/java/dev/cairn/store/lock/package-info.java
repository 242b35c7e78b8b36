/**
 * DVC's own locks, so that both programs can work on one repository. Uses {@code file}, {@code json} and {@code posix}.
 */
@NullMarked
package dev.cairn.store.lock;

import org.jspecify.annotations.NullMarked;
