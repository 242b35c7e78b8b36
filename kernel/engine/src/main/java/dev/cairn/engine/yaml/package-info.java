/**
 * YAML 1.2 as DVC means it: read with positions, written in DVC's byte style, edited without touching what stays. Uses {@code error}
 * only.
 */
@NullMarked
package dev.cairn.engine.yaml;

import org.jspecify.annotations.NullMarked;
