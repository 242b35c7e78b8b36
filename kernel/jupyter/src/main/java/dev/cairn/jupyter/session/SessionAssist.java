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
import java.util.stream.Collectors;

/** What an editor asks about a cell, whose lines are magics' or Java. Offsets in UTF-16 units. May be called from any thread. */
public final class SessionAssist {
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
        return PathCompletion.complete(code, cursor, workingDirectory.get())
                .orElseGet(() -> evaluator.get().assist().complete(code, cursor));
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
