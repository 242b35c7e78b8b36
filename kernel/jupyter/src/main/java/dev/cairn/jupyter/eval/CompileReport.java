package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.Diag;

/** Tells what does not compile: message, line of the cell, the line itself and a caret. */
final class CompileReport {
    private static final String NAME = "CompilationError";
    private static final Pattern INTERNAL_LOCATION = Pattern.compile("\n\\s*location: class\\s*\\S*(?=\n|$)");

    private CompileReport() {}

    static CellError of(List<Diag> diagnostics, SnippetSources.Origin origin, CompileHints hints) {
        List<Diag> errors = diagnostics.stream().filter(Diag::isError).toList();
        List<String> lines = new ArrayList<>();
        for (Diag error : errors) {
            lines.addAll(describe(error, origin));
            hints.of(error).ifPresent(hint -> lines.add(Ansi.green("Hint") + ": " + hint));
        }
        String message = errors.isEmpty()
                ? "The code does not compile"
                : errors.stream().map(CompileReport::message).collect(Collectors.joining("; "));
        if (lines.isEmpty()) {
            lines.add(Ansi.red(NAME) + ": " + message);
        }
        return new CellError(NAME, message, lines);
    }

    private static List<String> describe(Diag error, SnippetSources.Origin origin) {
        String text = origin.text();
        int at = clamp(error.getStartPosition() < 0 ? error.getPosition() : error.getStartPosition(), text.length());
        // A missing token is reported behind the end; the caret belongs to the last character there is.
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
        int end = Math.max(at + 1, Math.min(clamp(error.getEndPosition(), text.length()), lineEnd));
        SourcePosition position = origin.start().after(text.substring(0, at));
        String source = text.substring(lineStart, lineEnd);
        String number = String.valueOf(position.line());
        String indent = text.substring(lineStart, at).replaceAll("[^\t]", " ");

        List<String> lines = new ArrayList<>();
        lines.add(Ansi.red(NAME) + " in " + Ansi.cyan(position.toString()));
        lines.add(Ansi.cyan(number + " | ") + source);
        lines.add(" ".repeat(number.length()) + Ansi.cyan(" | ") + indent + Ansi.red("^".repeat(end - at)));
        lines.addAll(message(error).lines().toList());
        return lines;
    }

    private static String message(Diag error) {
        String message = error.getMessage(Locale.ROOT);
        return INTERNAL_LOCATION.matcher(message).replaceAll("").strip();
    }

    private static int clamp(long position, int length) {
        return (int) Math.max(0, Math.min(position, length));
    }
}
