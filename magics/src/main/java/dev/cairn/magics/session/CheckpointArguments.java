package dev.cairn.magics.session;

import dev.cairn.engine.experiment.SessionCheckpoints;
import dev.cairn.jupyter.extension.MagicException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code %checkpoint}: {@code -n NAME -m TEXT -o PATH loss=0.31}. */
final class CheckpointArguments {
    static final String HELP =
            """
            %checkpoint [-n NAME] [-m TEXT] [-o PATH]... [METRIC=NUMBER]...
                Record the workspace and the cells run so far as the next checkpoint of this session's experiment.
                -n NAME  name of the experiment: starts one of that name when it is not the present one
                -m TEXT  message of the commit
                -o PATH  also keep this file or directory in the cache; may be given several times
            %checkpoint list         the checkpoints of this session's experiment
            %checkpoint resume [REV] go back to a checkpoint, or to the last; the next one goes on from there
            %checkpoint new          the next checkpoint starts a new experiment, with the workspace as it is
            %checkpoint reset        the same, with the workspace as in the commit that Git is at
            %%checkpoint ...         run the cell, and record when it succeeds
            """;

    private final List<String> words;
    private @Nullable String name;
    private @Nullable String message;
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Object> metrics = new LinkedHashMap<>();

    private CheckpointArguments(List<String> words) {
        this.words = words;
    }

    /** @param tracked files of objects, kept as outputs beside those that the words name */
    static SessionCheckpoints.Request parse(List<String> words, List<String> tracked, String cells) {
        CheckpointArguments arguments = new CheckpointArguments(words);
        arguments.parse();
        List<String> outputs = Stream.concat(tracked.stream(), arguments.outputs.stream())
                .distinct()
                .toList();
        return new SessionCheckpoints.Request(
                arguments.name, arguments.message, outputs, List.of(), arguments.metrics, cells);
    }

    private void parse() {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-n", "--name" -> name = value(++i, word);
                case "-m", "--message" -> message = value(++i, word);
                case "-o", "--out" -> outputs.add(value(++i, word));
                default -> metric(word);
            }
        }
    }

    private String value(int index, String option) {
        if (index >= words.size()) {
            throw wrong("argument " + option + ": expected one argument");
        }
        return words.get(index);
    }

    private void metric(String word) {
        int equals = word.indexOf('=');
        if (word.startsWith("-") || equals <= 0) {
            throw wrong("unrecognized arguments: " + word);
        }
        String text = word.substring(equals + 1);
        try {
            metrics.put(word.substring(0, equals), number(text));
        } catch (NumberFormatException e) {
            throw wrong("metric '%s' is not a number: '%s'".formatted(word.substring(0, equals), text));
        }
    }

    private static Number number(String text) {
        if (text.matches("[+-]?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        return Double.parseDouble(text);
    }

    private static MagicException wrong(String message) {
        return new MagicException("ERROR", message, "`checkpoint --help` shows what it takes.");
    }
}
