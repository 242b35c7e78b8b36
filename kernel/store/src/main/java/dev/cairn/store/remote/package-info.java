/**
 * Other places that hold the same objects, and transfer to and from them. Uses {@code cas} and below.
 */
@NullMarked
package dev.cairn.store.remote;

import org.jspecify.annotations.NullMarked;
