/** Experiments and checkpoints as commits under refs/exps: run, resume, apply, show. */
@NullMarked
package dev.cairn.engine.experiment;

import org.jspecify.annotations.NullMarked;
