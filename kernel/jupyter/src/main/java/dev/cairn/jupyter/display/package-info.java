/** Values as MIME bundles: what a notebook shows for an object. Uses no other package of this module. */
@NullMarked
package dev.cairn.jupyter.display;

import org.jspecify.annotations.NullMarked;
