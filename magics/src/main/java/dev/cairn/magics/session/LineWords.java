package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.MagicException;
import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a POSIX shell would: quotes, backslashes, and comments; no expansion. */
final class LineWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isInWord;
    private int at;

    private LineWords(String line) {
        this.line = line;
    }

    static List<String> split(String line) {
        return new LineWords(line).split();
    }

    private List<String> split() {
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '#' && !isInWord) {
                break;
            }
            take(c);
        }
        end();
        return List.copyOf(words);
    }

    private void take(char c) {
        if (Character.isWhitespace(c)) {
            end();
        } else if (c == '\'' || c == '"') {
            isInWord = true;
            quoted(c);
        } else if (c == '\\' && at + 1 < line.length()) {
            isInWord = true;
            word.append(line.charAt(++at));
        } else {
            isInWord = true;
            word.append(c);
        }
    }

    private void quoted(char quote) {
        int start = at++;
        for (; at < line.length() && line.charAt(at) != quote; at++) {
            boolean isEscape = quote == '"' && line.charAt(at) == '\\' && at + 1 < line.length();
            if (isEscape && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0) {
                at++;
            }
            word.append(line.charAt(at));
        }
        if (at >= line.length()) {
            throw new MagicException(
                    "ERROR",
                    "The quote that begins at column " + (start + 1) + " is not closed: " + line,
                    "Add " + quote + ".");
        }
    }

    private void end() {
        if (isInWord) {
            words.add(word.toString());
            word.setLength(0);
            isInWord = false;
        }
    }
}
