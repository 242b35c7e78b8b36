/** The project on disk: root, configuration, locks, cache, and its files at any revision. */
@NullMarked
package dev.cairn.engine.project;

import org.jspecify.annotations.NullMarked;
