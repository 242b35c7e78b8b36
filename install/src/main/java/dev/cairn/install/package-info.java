/**
 * The {@code cairn} command: DVC's command line, sessions, the kernel's specification, notebooks without a browser. It only
 * puts together what the magics and the kernel offer; each of its programs loads no class of the others.
 */
@NullMarked
package dev.cairn.install;

import org.jspecify.annotations.NullMarked;
