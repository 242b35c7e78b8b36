package dev.cairn.jupyter.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.eval.CodeAssist.CodeState;
import dev.cairn.jupyter.eval.CodeAssist.Completion;
import dev.cairn.jupyter.eval.JavaEvaluator;
import dev.cairn.jupyter.eval.PathCompletion;
import dev.cairn.jupyter.eval.SymbolDoc;
import dev.cairn.jupyter.magic.CellPart;
import dev.cairn.jupyter.magic.CellScanner;
import dev.cairn.jupyter.magic.MagicRegistry;
import dev.cairn.jupyter.magic.MagicRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an editor asks about a cell, whose lines are magics' or Java. Offsets in UTF-16 units. May be called from any thread. */
public final class SessionAssist {
    private static final Pattern SHELL_CELL = Pattern.compile("\\s*%%(sh|bash)\\b");

    private final MagicRegistry registry;
    private final MagicRunner magics;
    private final Supplier<Path> workingDirectory;
    private final Supplier<JavaEvaluator> evaluator;

    /**
     * @param evaluator waits for the session's start
     */
    SessionAssist(
            MagicRegistry registry,
            MagicRunner magics,
            Supplier<Path> workingDirectory,
            Supplier<JavaEvaluator> evaluator) {
        this.registry = registry;
        this.magics = magics;
        this.workingDirectory = workingDirectory;
        this.evaluator = evaluator;
    }

    /** What could stand at the cursor; magics and their arguments included. */
    public Completion complete(String code, int cursor) {
        int lineStart = code.lastIndexOf('\n', cursor - 1) + 1;
        int magicStart = MagicLine.start(code.substring(lineStart, cursor));
        if (magicStart >= 0) {
            awaitStart();
            int from = lineStart + magicStart;
            Optional<MagicRunner.Completed> completed = magics.complete(code.substring(from, cursor));
            if (completed.isPresent()) {
                return new Completion(completed.get().matches(), completed.get().start() + from);
            }
        }
        int shellStart = shellStart(code, cursor, lineStart);
        if (shellStart >= 0) {
            MagicRunner.Completed completed = magics.completeShell(code.substring(shellStart, cursor));
            return new Completion(completed.matches(), completed.start() + shellStart);
        }
        return PathCompletion.complete(code, cursor, workingDirectory.get())
                .orElseGet(() -> evaluator.get().assist().complete(code, cursor));
    }

    /** Where the shell's part of the cursor's line begins; -1 when that is no line of the shell. */
    private int shellStart(String code, int cursor, int lineStart) {
        if (lineStart > 0 && SHELL_CELL.matcher(code).lookingAt()) {
            return lineStart;
        }
        int mark = code.indexOf('!', lineStart);
        if (mark < 0 || mark >= cursor) {
            return -1;
        }
        JavaEvaluator java = evaluator.get();
        List<CellPart> parts = CellScanner.scan(code.substring(0, cursor), java::isExpression, java::isVariable);
        boolean isShell = parts.get(parts.size() - 1) instanceof CellPart.Line last
                && last.name().startsWith("!")
                && (last.target().isEmpty() || last.arguments().contains(" "));
        return isShell ? mark + 1 : -1;
    }

    /** Whether the code could run as it is. */
    public CodeState state(String code) {
        if (code.stripLeading().startsWith("%%")) {
            return code.endsWith("\n") ? CodeState.COMPLETE : CodeState.INCOMPLETE;
        }
        if (code.stripTrailing().endsWith("\\")) {
            return CodeState.INCOMPLETE;
        }
        JavaEvaluator java = evaluator.get();
        CodeState state = CodeState.COMPLETE;
        for (CellPart part : CellScanner.scan(code, java::isExpression, java::isVariable)) {
            state = part instanceof CellPart.Java javaPart ? java.assist().state(javaPart.code()) : CodeState.COMPLETE;
            if (state == CodeState.INVALID) {
                return state;
            }
        }
        return state;
    }

    /**
     * Documentation of what stands at the cursor: plain text, and HTML where it is a Java symbol.
     *
     * @param withSource whether to add the source that a cell has of it
     */
    public Optional<MimeBundle> inspect(String code, int cursor, boolean withSource) {
        int lineStart = code.lastIndexOf('\n', cursor - 1) + 1;
        int lineEnd = code.indexOf('\n', cursor) < 0 ? code.length() : code.indexOf('\n', cursor);
        String line = code.substring(lineStart, lineEnd);
        int magicStart = MagicLine.start(line);
        if (magicStart >= 0) {
            return help(line.substring(magicStart)).map(MimeBundle::ofText);
        }
        List<SymbolDoc> found = evaluator.get().assist().document(code, cursor);
        return found.isEmpty() ? Optional.empty() : Optional.of(bundle(found, withSource));
    }

    private Optional<String> help(String magicCall) {
        awaitStart();
        String[] words = magicCall.replaceFirst("^%%?", "").split("\\s+", 2);
        return registry.findLine(words[0]).flatMap(magic -> magic.help(words.length > 1 ? words[1] : ""));
    }

    /** Magics are known once the session has started. */
    private void awaitStart() {
        var unused = evaluator.get();
    }

    private static MimeBundle bundle(List<SymbolDoc> found, boolean withSource) {
        boolean isBrief = found.stream().allMatch(symbol -> symbol.comment().isEmpty());
        MimeBundle bundle = MimeBundle.ofText(
                found.stream().map(symbol -> symbol.text(withSource)).collect(Collectors.joining("\n\n")));
        bundle.data()
                .addProperty(
                        "text/html",
                        found.stream()
                                .map(symbol -> symbol.html(withSource))
                                .collect(Collectors.joining(isBrief ? "" : "<hr>")));
        return bundle;
    }
}
