package dev.cairn.install;

import dev.cairn.jupyter.magic.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The list of scenarios: those to play, with their modes, and those that are not yet covered. */
record Covered(Map<String, String> modesByName, List<String> notYet) {
    static Covered read(Path file) throws IOException {
        Map<String, String> modesByName = new TreeMap<>();
        List<String> notYet = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            List<String> words = line.startsWith("#") ? List.of() : ShellWords.split(line);
            if (words.contains("!")) {
                notYet.add(words.get(1));
            } else if (!words.isEmpty()) {
                modesByName.put(words.get(0), words.size() > 1 ? words.get(1) : "all");
            }
        }
        return new Covered(modesByName, notYet);
    }

    /** The covered scenarios, or those of them that are asked for by name, grouped by the modes they are played in. */
    Map<String, List<String>> namesByModes(Set<String> chosen) {
        Map<String, List<String>> names = new TreeMap<>();
        modesByName.forEach((name, modes) -> {
            if (chosen.isEmpty() || chosen.contains(name)) {
                names.computeIfAbsent(modes, unused -> new ArrayList<>()).add(name);
            }
        });
        return names;
    }

    List<String> all() {
        List<String> names = new ArrayList<>(modesByName.keySet());
        names.addAll(notYet);
        return names;
    }
}
