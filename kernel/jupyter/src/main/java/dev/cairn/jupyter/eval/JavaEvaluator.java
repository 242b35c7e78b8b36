package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.SnippetSources.Origin;
import dev.cairn.jupyter.eval.Statements.Statement;
import dev.cairn.jupyter.output.CellError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** The Java of one session: evaluates code statement by statement and keeps what it declares. For several callers at a time. */
public final class JavaEvaluator implements AutoCloseable {
    private final SnippetClasses classes;
    private final UserThreads threads;
    private final ShellLock lock = new ShellLock();
    private final CellControl control;
    private final JShell shell;
    private final Statements statements;
    private final SnippetSources sources = new SnippetSources();
    private final ExceptionReport exceptions = new ExceptionReport(sources);
    private final CodeAssist assist;

    /**
     * Starts JShell; takes a moment.
     *
     * @param classPath what cells see of classes, also while compiling
     * @param parent the loader that has these classes
     * @param threads where cells run
     */
    public JavaEvaluator(String classPath, ClassLoader parent, UserThreads threads) {
        this.threads = threads;
        classes = new SnippetClasses(parent);
        control = new CellControl(classes, threads, lock);
        threads.contextLoader(classes.loader());
        shell = JShell.builder()
                .executionEngine(new InProcess(control), Map.of())
                .compilerOptions("-proc:none", "-Xlint:none")
                .build();
        // By this call and no compiler option: an option would hide what is added later.
        shell.addToClasspath(classPath);
        classes.acceptAdditions();
        statements = new Statements(shell::sourceCodeAnalysis);
        assist = new CodeAssist(shell, statements, lock);
    }

    /** Completion, documentation and the like. */
    public CodeAssist assist() {
        return assist;
    }

    /** The loader of the cells' classes. */
    public ClassLoader classLoader() {
        return classes.loader();
    }

    /**
     * Runs code as a cell would.
     *
     * @param warn takes what the user should know about code that is accepted all the same
     * @return the value of the last statement if it is an expression
     * @throws CellInterruptedException when interrupted
     */
    public Optional<Object> run(String code, SourcePosition start, Consumer<String> warn) throws CodeFailure {
        List<Statement> parts = lock.holding(() -> statements.toRun(code));
        // What cannot be read fails before anything runs.
        if (!parts.isEmpty() && parts.get(parts.size() - 1).isBroken()) {
            rejectBroken(parts.get(parts.size() - 1), code, start);
        }
        Object value = null;
        List<Snippet> snippets = new ArrayList<>();
        for (Statement part : parts) {
            value = evaluate(part.source(), start.after(code.substring(0, part.offset())), snippets);
        }
        List<String> warnings = lock.holding(() -> snippets.stream()
                .flatMap(snippet -> warnOfUnresolved(snippet).stream())
                .toList());
        warnings.forEach(warn);
        return Optional.ofNullable(value);
    }

    /** Whether the text reads as one expression; says nothing about whether its names exist. */
    public boolean isExpression(String text) {
        return assist.isExpression(text);
    }

    /** Gives the value of an expression. */
    public @Nullable Object evaluateExpression(String expression, SourcePosition position) throws CodeFailure {
        List<Snippet> snippets = new ArrayList<>();
        return evaluate(expression, position, snippets);
    }

    /** Adds jars and directories to what cells see. */
    public void addToClassPath(List<Path> paths) {
        if (paths.isEmpty()) {
            return;
        }
        // At once: JShell indexes its class path anew each time.
        String added = paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        lock.holding(() -> {
            shell.addToClasspath(added);
            return added;
        });
    }

    /** Forgets the variables, methods and types that cells declared; imports stay. */
    public void forgetDeclarations() {
        lock.holding(() -> {
            List<Snippet> declared = shell.snippets()
                    .filter(snippet -> snippet.kind().isPersistent() && snippet.kind() != Snippet.Kind.IMPORT)
                    .filter(snippet -> shell.status(snippet).isActive())
                    .toList();
            declared.forEach(shell::drop);
            return declared;
        });
    }

    /** The variables that cells declared, by name, with their types. */
    public Map<String, String> variables() {
        return lock.holding(() -> shell.variables()
                .filter(variable -> !variable.name().startsWith("$"))
                .collect(Collectors.toMap(VarSnippet::name, VarSnippet::typeName, (a, b) -> b)));
    }

    /** Runs all that a cell's code goes through once, so that the first cell finds it loaded. */
    public void warmUp() throws CodeFailure {
        evaluateExpression("0", new SourcePosition(0, 1, 0));
    }

    @Override
    public void close() {
        shell.close();
        try {
            classes.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The session's class loader cannot be closed", e);
        }
    }

    private void rejectBroken(Statement part, String code, SourcePosition start) throws CodeFailure {
        var run = new CellControl.Run();
        List<SnippetEvent> events = control.within(run, () -> shell.eval(part.source()));
        for (SnippetEvent event : events) {
            if (event.status() == Status.REJECTED) {
                var origin = new Origin(start.after(code.substring(0, part.offset())), part.source());
                throw compileFailure(event.snippet(), origin);
            }
        }
    }

    private @Nullable Object evaluate(String source, SourcePosition position, List<Snippet> snippets)
            throws CodeFailure {
        threads.checkInterrupt();
        var origin = new Origin(position, source);
        Object value = null;
        var run = new CellControl.Run();
        for (SnippetEvent event : control.within(run, () -> eval(source, origin))) {
            if (event.causeSnippet() != null) {
                continue;
            }
            Snippet snippet = event.snippet();
            if (event.status() == Status.REJECTED) {
                throw compileFailure(snippet, origin);
            }
            failIfThrown(event, run);
            value = value(event, run);
            if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                continue;
            }
            snippets.add(snippet);
        }
        return value;
    }

    private List<SnippetEvent> eval(String source, Origin origin) {
        List<SnippetEvent> events = shell.eval(source);
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() == null) {
                sources.remember(snippet.id(), origin);
            }
            // JShell keeps every value as a variable $1, $2, …, imports them all into every later snippet, and so gets
            // slower from cell to cell.
            if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND && event.status() != Status.DROPPED) {
                shell.drop(snippet);
            }
        }
        return events;
    }

    private @Nullable Object value(SnippetEvent event, CellControl.Run run) {
        String token = event.value();
        if (token == null || token.isEmpty()) {
            return null;
        }
        Object value = run.value(token);
        return isValueOfInterest(event.snippet()) ? value : null;
    }

    private static boolean isValueOfInterest(Snippet snippet) {
        return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || (snippet instanceof ExpressionSnippet && snippet.subKind() != SubKind.ASSIGNMENT_SUBKIND);
    }

    private void failIfThrown(SnippetEvent event, CellControl.Run run) throws CodeFailure {
        Throwable thrown = run.failure();
        if (thrown instanceof CellInterruptedException interrupted) {
            throw interrupted;
        }
        JShellException reported = event.exception();
        if (reported instanceof UnresolvedReferenceException unresolved) {
            throw new CodeFailure(unresolvedError(unresolved.getSnippet()), unresolved);
        }
        if (reported == null && thrown == null) {
            return;
        }
        EvalException translated = reported instanceof EvalException eval ? eval : null;
        Throwable root = thrown == null ? reported : thrown;
        if (root != null) {
            throw new CodeFailure(exceptions.of(root, translated), root);
        }
    }

    private CodeFailure compileFailure(Snippet snippet, Origin origin) {
        return lock.holding(() ->
                new CodeFailure(CompileReport.of(shell.diagnostics(snippet).toList(), origin), null));
    }

    private CellError unresolvedError(DeclarationSnippet snippet) {
        String message = name(snippet) + " cannot be used until " + lock.holding(() -> missing(snippet));
        return new CellError("UnresolvedReference", message, List.of(Ansi.red("UnresolvedReference") + ": " + message));
    }

    private Optional<String> warnOfUnresolved(Snippet snippet) {
        Status status = shell.status(snippet);
        boolean isUnresolved = status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
        if (isUnresolved && snippet instanceof DeclarationSnippet declaration) {
            String where = sources.find(snippet.id())
                    .map(origin -> " (" + origin.start() + ")")
                    .orElse("");
            return Optional.of(
                    "warning: " + name(declaration) + where + " cannot be used until " + missing(declaration));
        }
        return Optional.empty();
    }

    private String missing(DeclarationSnippet snippet) {
        String unresolved = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        if (!unresolved.isEmpty()) {
            return unresolved + " is declared";
        }
        return "this is mended: "
                + shell.diagnostics(snippet)
                        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                        .collect(Collectors.joining("; "));
    }

    private static String name(DeclarationSnippet snippet) {
        return switch (snippet.kind()) {
            case METHOD -> "method " + snippet.name() + "()";
            case TYPE_DECL -> "type " + snippet.name();
            case VAR -> "variable " + snippet.name();
            default -> snippet.name();
        };
    }

    /** Hands JShell the control that is there already. */
    private record InProcess(CellControl control) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "cairn";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }
}
