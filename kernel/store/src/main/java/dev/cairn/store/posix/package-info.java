/** The few system calls that Java does not offer, through JNA. Uses nothing of the store but the exceptions. */
@NullMarked
package dev.cairn.store.posix;

import org.jspecify.annotations.NullMarked;
