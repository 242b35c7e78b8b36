/**
 * What ran, in this session and in those before it: kept in one file a session, found again by number and by pattern. Uses no
 * other package of this module.
 */
@NullMarked
package dev.cairn.jupyter.history;

import org.jspecify.annotations.NullMarked;
