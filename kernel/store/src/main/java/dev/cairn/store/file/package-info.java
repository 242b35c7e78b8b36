/**
 * Writing and deleting files so that a crash leaves either the old state or the new. Uses nothing but the exceptions.
 */
@NullMarked
package dev.cairn.store.file;

import org.jspecify.annotations.NullMarked;
