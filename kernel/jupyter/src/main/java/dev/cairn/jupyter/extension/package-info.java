/**
 * What a jar on the class path may add to the kernel: magics, renderers, imports. An extension is found by
 * {@link java.util.ServiceLoader} and sees nothing of the kernel but the interfaces here. Uses no other package of this module.
 */
@NullMarked
package dev.cairn.jupyter.extension;

import org.jspecify.annotations.NullMarked;
