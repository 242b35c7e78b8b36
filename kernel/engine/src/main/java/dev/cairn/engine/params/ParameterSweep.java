package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Overrides with several values each: {@code a=1,2}, {@code choice(…)}, {@code range(…)}; every combination is an experiment. */
public final class ParameterSweep {
    private ParameterSweep() {}

    /**
     * Whether one of the overrides has several values.
     *
     * @throws EngineException when one does not follow the grammar
     */
    public static boolean isSweep(List<String> overrides) {
        return overrides.stream()
                .anyMatch(text -> ParameterOverride.parseAny(text).value() instanceof OverrideSweep);
    }

    /**
     * The overrides of each experiment; the last override changes fastest. Just the given ones when none has several values.
     *
     * @param random for {@code shuffle}
     * @throws EngineException for a sweep that has no end, as {@code interval}
     */
    public static List<List<String>> expand(List<String> overrides, Random random) {
        if (!isSweep(overrides)) {
            return List.of(List.copyOf(overrides));
        }
        List<List<String>> all = new ArrayList<>();
        all.add(List.of());
        for (List<String> alternatives : alternatives(overrides, random)) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> before : all) {
                for (String one : alternatives) {
                    List<String> with = new ArrayList<>(before);
                    with.add(one);
                    longer.add(with);
                }
            }
            all = longer;
        }
        return all;
    }

    /** What each key may be, by file in the order in which they are first named. The last override of a key counts. */
    private static List<List<String>> alternatives(List<String> overrides, Random random) {
        Map<String, Map<String, List<String>>> byFile = new LinkedHashMap<>();
        for (String text : overrides) {
            ParameterOverride override = ParameterOverride.parseAny(text);
            String head = override.file().equals(ParameterFile.DEFAULT) ? "" : override.file() + ":";
            List<String> values = new ArrayList<>();
            if (override.value() instanceof OverrideSweep sweep) {
                sweep.values(text, random).forEach(value -> values.add(OverrideText.of(value)));
            } else {
                values.add(OverrideText.of(override.value()));
            }
            byFile.computeIfAbsent(override.file(), file -> new LinkedHashMap<>())
                    .put(
                            override.typedKey(),
                            values.stream()
                                    .map(value -> head + override.typedKey() + "=" + value)
                                    .toList());
        }
        List<List<String>> alternatives = new ArrayList<>();
        byFile.values().forEach(keys -> alternatives.addAll(keys.values()));
        return alternatives;
    }

    /** As DVC prints them: the overrides by file, in Python's notation. */
    public static String describe(List<String> overrides) {
        Map<String, List<String>> byFile = new LinkedHashMap<>();
        for (String text : overrides) {
            int equals = text.indexOf('=');
            int colon = text.lastIndexOf(':', equals < 0 ? text.length() : equals);
            String file = colon < 0 ? ParameterFile.DEFAULT : text.substring(0, colon);
            byFile.computeIfAbsent(file, f -> new ArrayList<>()).add(quoted(text.substring(colon + 1)));
        }
        List<String> parts = new ArrayList<>();
        byFile.forEach((file, list) -> parts.add(quoted(file) + ": [" + String.join(", ", list) + "]"));
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\");
        return text.contains("'") && !text.contains("\"")
                ? "\"" + escaped + "\""
                : "'" + escaped.replace("'", "\\'") + "'";
    }
}
