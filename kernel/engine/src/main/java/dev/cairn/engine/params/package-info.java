/** Parameter files: reading values of every kind, and changing one without touching the rest. */
@NullMarked
package dev.cairn.engine.params;

import org.jspecify.annotations.NullMarked;
