/**
 * DVC's own locks, so that both programs can work on one repository. Uses {@code file} and {@code json}.
 */
@NullMarked
package dev.cairn.store.lock;

import org.jspecify.annotations.NullMarked;
