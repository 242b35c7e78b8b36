package dev.cairn.engine.pipeline;

import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code cmd} of a stage. DVC keeps apart {@code "x"} and {@code ["x"]}: they lock differently.
 *
 * @param lines the text, or the items of the list
 * @param isList whether it is written as a list
 */
public record Command(List<String> lines, boolean isList) {
    public static final Command NONE = new Command(List.of(), true);

    public Command {
        lines = List.copyOf(lines);
    }

    public static Command of(String text) {
        return new Command(List.of(text), false);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What each shell is given, in order: a text is split by lines, an item of a list is kept whole. */
    public List<String> shellCommands() {
        return isList
                ? lines
                : lines.stream()
                        .flatMap(String::lines)
                        .filter(l -> !l.isBlank())
                        .toList();
    }

    /** As it stands in dvc.yaml and dvc.lock: a string or a list of strings. */
    public Object toYaml() {
        return isList ? lines : lines.get(0);
    }

    /** From a string or a list of strings. */
    public static Command ofYaml(Object value) {
        if (value instanceof List<?> items) {
            return new Command(
                    items.stream().flatMap(i -> Stream.of(String.valueOf(i))).toList(), true);
        }
        return of(String.valueOf(value));
    }
}
