/** Metrics, parameters and plots at any revision, and what differs between two. */
@NullMarked
package dev.cairn.engine.metric;

import org.jspecify.annotations.NullMarked;
