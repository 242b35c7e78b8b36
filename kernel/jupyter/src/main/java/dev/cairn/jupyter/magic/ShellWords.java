package dev.cairn.jupyter.magic;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a POSIX shell does, without expanding anything. */
public final class ShellWords {
    private ShellWords() {}

    /** The words; a quote without an end reaches to the end of the line. */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean isInWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                boolean keepsBackslash = quote == '"' && "\"\\$`\n".indexOf(line.charAt(i)) < 0;
                word.append(keepsBackslash ? "\\" : "").append(line.charAt(i));
                isInWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isInWord = true;
            } else if (Character.isWhitespace(c)) {
                if (isInWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    isInWord = false;
                }
            } else {
                word.append(c);
                isInWord = true;
            }
        }
        if (isInWord) {
            words.add(word.toString());
        }
        return words;
    }
}
