/**
 * Running many small pieces of blocking work on a bounded number of threads. Uses nothing but the exceptions.
 */
@NullMarked
package dev.cairn.store.parallel;

import org.jspecify.annotations.NullMarked;
