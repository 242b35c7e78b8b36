package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import org.jspecify.annotations.Nullable;

/** Tells what the user's code threw: class, message, lines of cells, causes. Frames of the kernel are left out. */
public final class ExceptionReport {
    private static final Pattern SNIPPET = Pattern.compile("#(?:id:)?(\\S+)");
    private static final Pattern GENERATED = Pattern.compile("(?:REPL\\.)?\\$JShell\\$\\w+(?:[$.]|$)");
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[$.]");
    private static final Pattern INTERNAL_CLASS =
            Pattern.compile("(?:REPL\\.)?\\$JShell\\$.*|jdk\\.internal\\.reflect\\..*|java\\.lang\\.reflect\\.Method"
                    + "|dev\\.cairn\\.jupyter\\.(?:display|eval|magic|output|session)\\..*");
    private static final int MAX_FRAMES = 20;

    private final SnippetSources sources;
    private final UnaryOperator<StackTraceElement[]> translation;

    /** Makes one; {@code translation} tells frames of compiled snippets in terms of snippets. */
    ExceptionReport(SnippetSources sources, UnaryOperator<StackTraceElement[]> translation) {
        this.sources = sources;
        this.translation = translation;
    }

    /** Reports an exception of code that is no cell's, such as a magic. */
    public static CellError of(Throwable thrown) {
        return new ExceptionReport(new SnippetSources(), UnaryOperator.identity()).of(thrown, null);
    }

    /** Reports what was thrown; {@code translated} has JShell's view of its stack, in terms of snippets. */
    CellError of(Throwable thrown, @Nullable EvalException translated) {
        List<String> lines = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable view = translated;
        for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
            describe(
                    lines,
                    t,
                    view == null ? translation.apply(t.getStackTrace()) : view.getStackTrace(),
                    seen.size() > 1);
            view = view == null ? null : view.getCause();
        }
        String message = message(thrown);
        return new CellError(name(thrown), message == null ? "" : message, lines);
    }

    /** The name of the exception's class, as the cell calls it. */
    static String name(Throwable thrown) {
        if (thrown instanceof ExitGuard.CellExit) {
            return "SystemExit";
        }
        return GENERATED.matcher(thrown.getClass().getName()).replaceAll("").replace('$', '.');
    }

    /** The message, without the classes that JShell puts around code: the JVM names them where something is null. */
    private static @Nullable String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? null : WRAPPER.matcher(message).replaceAll("");
    }

    private void describe(List<String> lines, Throwable thrown, StackTraceElement[] stack, boolean isCause) {
        String message = message(thrown);
        String title = Ansi.red(name(thrown)) + (message == null ? "" : ": " + message);
        lines.addAll((isCause ? "Caused by: " + title : title).lines().toList());
        List<StackTraceElement> shown =
                Arrays.stream(stack).filter(this::isShown).toList();
        boolean hasShownSource = false;
        String latest = "";
        int repeated = 0;
        int written = 0;
        for (StackTraceElement frame : shown) {
            Optional<Place> place = place(frame);
            String line = "    at " + place.map(p -> p.describe(frame)).orElseGet(frame::toString);
            if (line.equals(latest)) {
                repeated++;
                continue;
            }
            noteRepeated(lines, repeated);
            repeated = 0;
            latest = line;
            if (++written > MAX_FRAMES) {
                break;
            }
            lines.add(line);
            if (place.isPresent() && !hasShownSource) {
                hasShownSource = true;
                lines.add("       " + Ansi.cyan(place.get().position().line() + " | ")
                        + place.get().source());
            }
        }
        noteRepeated(lines, repeated);
        if (written > MAX_FRAMES) {
            lines.add("    …");
        }
    }

    private static void noteRepeated(List<String> lines, int times) {
        if (times > 0) {
            lines.add("    … the same " + times + " more times");
        }
    }

    private Optional<Place> place(StackTraceElement frame) {
        if (frame.getFileName() == null) {
            return Optional.empty();
        }
        Matcher matcher = SNIPPET.matcher(frame.getFileName());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int line = Math.max(1, frame.getLineNumber());
        return sources.find(matcher.group(1)).map(origin -> {
            SourcePosition start = origin.start();
            var position = new SourcePosition(start.cell(), start.line() + line - 1, 0);
            return new Place(position, origin.line(line).strip());
        });
    }

    private boolean isShown(StackTraceElement frame) {
        if (place(frame).isPresent()) {
            return true;
        }
        return !frame.getClassName().isEmpty()
                && !INTERNAL_CLASS.matcher(frame.getClassName()).matches();
    }

    private record Place(SourcePosition position, String source) {
        String describe(StackTraceElement frame) {
            String method = frame.getMethodName();
            String owner = GENERATED.matcher(frame.getClassName()).replaceAll("");
            boolean isTopLevel = method.isEmpty() || method.contains("do_it$");
            String what = isTopLevel ? "" : (owner.isEmpty() ? method : owner + "." + method) + " ";
            return what + "(" + Ansi.cyan(position.toString()) + ")";
        }
    }
}
