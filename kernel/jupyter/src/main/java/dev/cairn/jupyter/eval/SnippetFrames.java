package dev.cairn.jupyter.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Tells stack frames of compiled snippets in lines of the snippets. Used while the lock of JShell is held. */
final class SnippetFrames {
    private static final Pattern CLASS = Pattern.compile("(REPL\\.\\$JShell\\$\\w+)(?:\\$.*)?");

    private final JShell shell;

    SnippetFrames(JShell shell) {
        this.shell = shell;
    }

    StackTraceElement[] translated(StackTraceElement[] stack) {
        if (Arrays.stream(stack)
                .noneMatch(frame -> CLASS.matcher(frame.getClassName()).matches())) {
            return stack;
        }
        List<Snippet> snippets = shell.snippets().toList();
        return Arrays.stream(stack).map(frame -> translated(frame, snippets)).toArray(StackTraceElement[]::new);
    }

    private StackTraceElement translated(StackTraceElement frame, List<Snippet> snippets) {
        Matcher name = CLASS.matcher(frame.getClassName());
        if (!name.matches() || frame.getLineNumber() < 1) {
            return frame;
        }
        return find(name.group(1), snippets)
                .map(wrapper -> new StackTraceElement(
                        frame.getClassName(),
                        frame.getMethodName(),
                        "#id:" + wrapper.snippet().id(),
                        line(wrapper.wrapper(), wrapper.snippet().source(), frame.getLineNumber())))
                .orElse(frame);
    }

    private record Wrapped(Snippet snippet, SnippetWrapper wrapper) {}

    private Optional<Wrapped> find(String className, List<Snippet> snippets) {
        // The latest first: most failures are of the code that ran last.
        for (int i = snippets.size() - 1; i >= 0; i--) {
            SnippetWrapper wrapper = shell.sourceCodeAnalysis().wrapper(snippets.get(i));
            if (wrapper != null && className.equals(wrapper.fullClassName())) {
                return Optional.of(new Wrapped(snippets.get(i), wrapper));
            }
        }
        return Optional.empty();
    }

    private static int line(SnippetWrapper wrapper, String source, int wrappedLine) {
        String wrapped = wrapper.wrapped();
        int end = -1;
        for (int line = 0; line < wrappedLine && end < wrapped.length(); line++) {
            int next = wrapped.indexOf('\n', end + 1);
            end = next < 0 ? wrapped.length() : next;
        }
        int position = Math.max(0, Math.min(source.length(), wrapper.wrappedToSourcePosition(Math.max(0, end - 1))));
        return 1
                + (int) source.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
