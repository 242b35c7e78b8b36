/** Jupyter's messages and how they look on the wire, signature included. Uses no other package of this module. */
@NullMarked
package dev.cairn.jupyter.protocol;

import org.jspecify.annotations.NullMarked;
