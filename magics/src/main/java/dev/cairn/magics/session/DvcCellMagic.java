package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.MagicCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A cell of commands, one a line. A backslash at the end goes on in the next line, {@code #} at the beginning of a word begins a comment.
 * Stops at the first command that fails. Each command's value is shown, the last one's is the cell's.
 */
final class DvcCellMagic implements CellMagic {
    private final EngineSession session;

    DvcCellMagic(EngineSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Object run(MagicCall call, String body) throws InterruptedException {
        Object pending = null;
        for (List<String> words : commands(body)) {
            if (pending != null) {
                call.output().display(pending);
            }
            pending = session.run(words, call.output());
        }
        return pending;
    }

    static List<List<String>> commands(String body) {
        List<List<String>> commands = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (String line : body.lines().toList()) {
            if (line.endsWith("\\")) {
                joined.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            add(commands, joined.append(line).toString());
            joined.setLength(0);
        }
        add(commands, joined.toString());
        return commands;
    }

    private static void add(List<List<String>> commands, String line) {
        List<String> words = LineWords.split(line);
        if (!words.isEmpty()) {
            String first = words.get(0).toLowerCase(Locale.ROOT);
            boolean isNamed = first.equals("dvc") || first.equals("%dvc") || first.equals("cairn");
            commands.add(isNamed ? words.subList(1, words.size()) : words);
        }
    }
}
