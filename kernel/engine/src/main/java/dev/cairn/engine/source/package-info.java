/** Where imported data comes from: files outside of the project, the web, other repositories. Uses {@code project} and {@code pipeline}. */
@NullMarked
package dev.cairn.engine.source;

import org.jspecify.annotations.NullMarked;
