package dev.cairn.magics.session;

import dev.cairn.engine.experiment.SessionCheckpoints.Resumed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is said when a session goes back to a checkpoint: what is there again, which code it had, and what goes on from it. */
final class ResumeReport {
    private static final Pattern CELL = Pattern.compile("(?m)^// \\[(\\d+)]\\n");
    private static final int LONGEST_LINE = 70;

    private ResumeReport() {}

    /**
     * The lines of it.
     *
     * @param loaded files of the objects that were loaded
     * @param executed the cells that this session has run
     */
    static List<String> of(Resumed resumed, List<Path> loaded, Path directory, List<String> executed) {
        List<String> lines = new ArrayList<>();
        lines.add(place(resumed) + objects(loaded, directory));
        List<String> cells = cells(resumed.cells());
        if (!cells.isEmpty()) {
            lines.add("Its code is in checkpoint/cells.jsh, " + plural(cells.size(), "cell") + ":");
            Set<String> known = executed.stream().map(String::stripTrailing).collect(Collectors.toSet());
            for (int i = 0; i < cells.size(); i++) {
                String mark = known.contains(cells.get(i)) ? "" : "  (not run in this session)";
                lines.add("  [%d] %s%s".formatted(i + 1, firstLine(cells.get(i)), mark));
            }
        }
        boolean isObjectMissing = loaded.isEmpty() && resumed.cells().contains("Checkpoint.track(");
        if (isObjectMissing) {
            lines.add("No object is tracked in this session: run the cell with Checkpoint.track(…), then"
                    + " Checkpoint.restoreTracked() loads what is there now.");
        }
        lines.add(
                resumed.isContinued()
                        ? "The next checkpoint goes on from there, as number %d of '%s'."
                                .formatted(resumed.number() + 1, resumed.experiment())
                        : "The next checkpoint starts a new experiment"
                                + (resumed.number() > 0 ? " that forks there." : "."));
        return lines;
    }

    private static String place(Resumed resumed) {
        String checkpoint = resumed.number() == 0
                ? ""
                : ", checkpoint %d of '%s'".formatted(resumed.number(), resumed.experiment());
        return "Back at %s%s.".formatted(CheckpointMagic.shortId(resumed.applied()), checkpoint);
    }

    private static String objects(List<Path> loaded, Path directory) {
        if (loaded.isEmpty()) {
            return "";
        }
        List<String> names = loaded.stream()
                .map(file -> directory.relativize(file).toString())
                .toList();
        return " " + plural(loaded.size(), "object") + " loaded: " + String.join(", ", names) + ".";
    }

    private static List<String> cells(String kept) {
        List<String> cells = new ArrayList<>();
        Matcher head = CELL.matcher(kept);
        int start = -1;
        while (head.find()) {
            if (start >= 0) {
                cells.add(kept.substring(start, head.start()).stripTrailing());
            }
            start = head.end();
        }
        if (start >= 0) {
            cells.add(kept.substring(start).stripTrailing());
        }
        return cells;
    }

    private static String firstLine(String cell) {
        String line = cell.lines().findFirst().orElse("");
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE - 1) + "…" : line;
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
