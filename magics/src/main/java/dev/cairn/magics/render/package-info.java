/**
 * Turns the engine's values into text, Markdown, HTML, JSON and charts. Uses the engine's value types and the kernel's extension
 * API; runs nothing and changes nothing.
 */
@NullMarked
package dev.cairn.magics.render;

import org.jspecify.annotations.NullMarked;
