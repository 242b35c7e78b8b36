package dev.cairn.jupyter.magic;

import java.util.AbstractList;
import java.util.List;

/** What a command printed, line by line, as in {@code var files = !ls}; and how it ended. */
public final class ShellOutput extends AbstractList<String> {
    private final String text;
    private final List<String> lines;
    private final int status;

    ShellOutput(String text, int status) {
        this.text = text;
        this.lines = text.lines().toList();
        this.status = status;
    }

    /** All of it as one text, without the line break at its end. */
    public String out() {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The command's exit status; 0 when it succeeded. */
    public int status() {
        return status;
    }

    @Override
    public String get(int index) {
        return lines.get(index);
    }

    @Override
    public int size() {
        return lines.size();
    }
}
