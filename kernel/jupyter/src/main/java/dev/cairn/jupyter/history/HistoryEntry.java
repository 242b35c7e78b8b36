package dev.cairn.jupyter.history;

import org.jspecify.annotations.Nullable;

/**
 * A cell that ran.
 *
 * @param session the number of its session
 * @param number its number in there
 * @param output the text of its value; null when it had none
 */
public record HistoryEntry(int session, int number, String source, @Nullable String output) {
    HistoryEntry withOutput(String text) {
        return new HistoryEntry(session, number, source, text);
    }
}
