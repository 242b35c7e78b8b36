/**
 * JSON as Python writes it, and a small strict reader of JSON. Uses nothing but the exceptions.
 */
@NullMarked
package dev.cairn.store.json;

import org.jspecify.annotations.NullMarked;
