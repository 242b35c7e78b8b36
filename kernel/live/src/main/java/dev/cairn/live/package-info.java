/**
 * What training code calls: {@link dev.cairn.live.Checkpoint} to record the state of a run and {@link dev.cairn.live.Live} to log metrics as
 * it goes. Uses nothing but the JDK, so that a stage program needs one small jar on its class path.
 */
@NullMarked
package dev.cairn.live;

import org.jspecify.annotations.NullMarked;
