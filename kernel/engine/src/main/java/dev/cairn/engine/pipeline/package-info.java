/** Stages as they are declared and as they were last run: dvc.yaml, .dvc files, dvc.lock, and the graph of them. */
@NullMarked
package dev.cairn.engine.pipeline;

import org.jspecify.annotations.NullMarked;
