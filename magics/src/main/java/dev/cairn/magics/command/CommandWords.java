package dev.cairn.magics.command;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command of a stage out of the words that stand behind the options. */
final class CommandWords {
    private CommandWords() {}

    /** One word is a command of a shell; several are its words, put into quotes as DVC does it. Null when there is none. */
    static @Nullable String line(List<String> typed) {
        List<String> words = !typed.isEmpty() && typed.get(0).equals("--") ? typed.subList(1, typed.size()) : typed;
        if (words.isEmpty()) {
            return null;
        }
        return words.size() == 1
                ? words.get(0)
                : words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (word.isEmpty()) {
            return "\"\"";
        }
        return word.contains(" ") && !word.contains("\"") ? "\"" + word + "\"" : word;
    }
}
