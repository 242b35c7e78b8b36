/**
 * What a project, or whoever starts the kernel, sets for all its notebooks: class path, dependencies, imports, code to run first, a
 * time limit. Reads files and environment variables; uses {@code extension} only.
 */
@NullMarked
package dev.cairn.jupyter.project;

import org.jspecify.annotations.NullMarked;
