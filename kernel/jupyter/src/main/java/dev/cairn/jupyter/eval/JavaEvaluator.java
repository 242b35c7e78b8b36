package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.BatchPlan.Part;
import dev.cairn.jupyter.eval.SnippetSources.Origin;
import dev.cairn.jupyter.eval.Statements.Statement;
import dev.cairn.jupyter.output.CellError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
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
    private final ShellMemory memory;
    private final ShellSources documented;
    private final Statements statements;
    private final SnippetSources sources = new SnippetSources();
    private final ExceptionReport exceptions;
    private final ThreadFailures threadFailures;
    private final CompileHints hints;
    private final CellParser parser;
    private final PendingVariables pending;
    private final BatchRunner batches;
    private final CodeAssist assist;

    /**
     * Starts JShell; takes a moment.
     *
     * @param classPath what cells see of classes, also while compiling
     * @param parent the loader that has these classes
     * @param environment may hold options for the compiler, see {@link CompilerOptions}
     * @param threads where cells run
     */
    public JavaEvaluator(String classPath, ClassLoader parent, Map<String, String> environment, UserThreads threads) {
        this.threads = threads;
        List<String> options = CompilerOptions.of(environment);
        parser = new CellParser(options);
        classes = new SnippetClasses(parent);
        control = new CellControl(classes, threads, lock);
        threads.contextLoader(classes.loader());
        shell = JShell.builder()
                .executionEngine(new InProcess(control), Map.of())
                .compilerOptions(options.toArray(String[]::new))
                .fileManager(CompilerPlugins::without)
                .build();
        memory = ShellMemory.of(shell);
        documented = new ShellSources(shell);
        // By this call and no compiler option: an option would hide what is added later.
        shell.addToClasspath(classPath);
        documented.added(SnippetClasses.paths(classPath));
        classes.acceptAdditions();
        statements = new Statements(shell::sourceCodeAnalysis);
        var frames = new SnippetFrames(shell);
        exceptions = new ExceptionReport(sources, stack -> lock.holding(() -> frames.translated(stack)));
        threadFailures = new ThreadFailures(exceptions);
        pending = new PendingVariables(shell, control);
        var index = new ShellIndex(shell);
        hints = new CompileHints(index, this::names);
        batches = new BatchRunner(shell, control, threads, classes, memory, sources, pending);
        assist = new CodeAssist(shell, statements, lock, pending, documented, index);
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
        Object value = null;
        var changes = new Changes();
        for (Part part : parts(code, start)) {
            value = run(part, code, start, changes);
        }
        List<String> warnings = lock.holding(() -> Stream.concat(
                        changes.lost().stream(),
                        changes.snippets().stream().flatMap(snippet -> warnOfUnresolved(snippet).stream()))
                .toList());
        warnings.forEach(warn);
        return Optional.ofNullable(value);
    }

    /**
     * What code changed.
     *
     * @param snippets that it declared, or that cannot be used any more because of it
     * @param lost warnings of variables that lost their values
     */
    private record Changes(List<Snippet> snippets, List<String> lost) {
        Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * Declares imports of packages and classes that are known to be there, quicker than cells would.
     *
     * @param imports one declaration each
     */
    public void importAll(List<String> imports) throws CodeFailure {
        if (!lock.holding(() -> new ShellImports(shell).declare(imports))) {
            for (String declaration : imports) {
                run(declaration, new SourcePosition(0, 1, 0), warning -> {});
            }
        }
    }

    private List<Part> parts(String code, SourcePosition start) throws CodeFailure {
        Optional<List<CellStatement>> read = lock.holding(() -> parser.statements(code));
        List<CellStatement> found = read.isPresent() ? read.get() : pieces(code, start);
        return lock.holding(() -> BatchPlan.of(found, code, known()));
    }

    /** Cuts up code that holds methods, types or imports, or is broken, by JShell's rules. */
    private List<CellStatement> pieces(String code, SourcePosition start) throws CodeFailure {
        List<Statement> pieces = lock.holding(() -> statements.of(code));
        // What cannot be read fails before anything runs.
        if (!pieces.isEmpty() && pieces.get(pieces.size() - 1).isBroken()) {
            rejectBroken(pieces.get(pieces.size() - 1), code, start);
        }
        List<CellStatement> found = new ArrayList<>();
        for (Statement piece : pieces) {
            found.addAll(lock.holding(() -> parser.statements(code, piece.offset(), piece.end()))
                    .filter(list -> list.size() == 1)
                    .orElseGet(
                            () -> List.of(CellStatement.alone(piece.offset(), piece.end(), piece.lacksSemicolon()))));
        }
        return found;
    }

    private BatchPlan.Known known() {
        Map<String, String> held = heldVariables();
        Map<String, String> types = new HashMap<>(held);
        types.putAll(pending.types());
        Set<String> awaited = shell.snippets()
                .filter(snippet -> snippet instanceof DeclarationSnippet && isUnresolved(shell.status(snippet)))
                .flatMap(snippet -> shell.unresolvedDependencies((DeclarationSnippet) snippet))
                .map(name -> name.replaceFirst("^.* ", "").replaceFirst("\\(.*", ""))
                .collect(Collectors.toSet());
        return new BatchPlan.Known(types, held.keySet(), awaited);
    }

    private @Nullable Object run(Part part, String code, SourcePosition start, Changes changes) throws CodeFailure {
        if (part instanceof Part.Alone alone) {
            return evaluate(alone.statement(), code, start, changes);
        }
        Batch batch = ((Part.Together) part).batch();
        threads.checkInterrupt();
        Optional<Object> compiled = batches.compile(batch, start.after(code.substring(0, batch.start())));
        if (compiled.isPresent()) {
            return run(compiled.get(), batch);
        }
        // One of them does not compile. One by one, those before it run and the failing one is told.
        Object value = null;
        for (Batch.Step step : batch.steps()) {
            value = evaluate(step.statement(), code, start, changes);
        }
        return value;
    }

    private @Nullable Object run(Object compiled, Batch batch) throws CodeFailure {
        try {
            return batches.run(compiled, batch);
        } catch (CellInterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // Whatever the user's code throws is reported as its failure.
            throw new CodeFailure(exceptions.of(e, null), e);
        }
    }

    private @Nullable Object evaluate(CellStatement statement, String code, SourcePosition start, Changes changes)
            throws CodeFailure {
        return evaluate(statement.source(code), start.after(code.substring(0, statement.start())), changes);
    }

    /** Whether the text reads as one expression; says nothing about whether its names exist. */
    public boolean isExpression(String text) {
        return assist.isExpression(text);
    }

    /** Gives the value of an expression. */
    public @Nullable Object evaluateExpression(String expression, SourcePosition position) throws CodeFailure {
        return evaluate(expression, position, new Changes());
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
            documented.added(paths);
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
            shell.snippets()
                    .filter(snippet -> snippet.kind() == Snippet.Kind.TYPE_DECL)
                    .map(snippet -> ((DeclarationSnippet) snippet).name())
                    .forEach(memory::forgetType);
            pending.clear();
            return declared;
        });
    }

    /** The variables that cells declared, by name, with their types. */
    public Map<String, String> variables() {
        return lock.holding(() -> known().types());
    }

    /** Whether a cell declared a variable of the name. */
    public boolean isVariable(String name) {
        return variables().containsKey(name);
    }

    /** Runs all that a cell's code goes through once, so that the first cell finds it loaded. */
    public void warmUp() throws CodeFailure {
        evaluateExpression("0", new SourcePosition(0, 1, 0));
    }

    @Override
    public void close() {
        threadFailures.close();
        shell.close();
        try {
            classes.close();
            parser.close();
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

    private @Nullable Object evaluate(String source, SourcePosition position, Changes changes) throws CodeFailure {
        threads.checkInterrupt();
        var origin = new Origin(position, source);
        Object value = null;
        var run = new CellControl.Run();
        for (SnippetEvent event : control.within(run, () -> eval(source, origin, run))) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null) {
                if (isUnresolved(event.status()) && event.previousStatus() == Status.VALID) {
                    changes.snippets().add(snippet);
                }
                if (event.status() == Status.OVERWRITTEN && snippet instanceof TypeDeclSnippet replaced) {
                    lock.holding(() -> lost(replaced.name())).ifPresent(changes.lost()::add);
                }
                continue;
            }
            if (event.status() == Status.REJECTED) {
                throw compileFailure(snippet, origin);
            }
            failIfThrown(event, run);
            value = value(event, run);
            if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                continue;
            }
            changes.snippets().add(snippet);
        }
        return value;
    }

    private Set<String> names() {
        Stream<String> held = shell.snippets()
                .filter(snippet -> snippet instanceof DeclarationSnippet
                        && shell.status(snippet).isActive())
                .map(snippet -> ((DeclarationSnippet) snippet).name());
        return Stream.concat(held, pending.types().keySet().stream()).collect(Collectors.toSet());
    }

    private Map<String, String> heldVariables() {
        return shell.variables()
                .filter(variable -> !variable.name().startsWith("$"))
                .collect(Collectors.toMap(VarSnippet::name, VarSnippet::typeName, (a, b) -> b));
    }

    /** How many classes JShell's compiler reads again for every snippet. */
    int compiledClasses() {
        return lock.holding(memory::size);
    }

    private List<SnippetEvent> eval(String source, Origin origin, CellControl.Run run) {
        pending.declareNamedIn(source);
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
        // With more than one event, snippets that depend on it were compiled too.
        if (events.size() == 1 && !isHeld(events.get(0).snippet())) {
            memory.forget(run.loaded());
        } else {
            memory.forgetOlder(run.loaded());
        }
        return events;
    }

    private boolean isHeld(Snippet snippet) {
        return snippet.kind().isPersistent() && shell.status(snippet).isActive();
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
                new CodeFailure(CompileReport.of(shell.diagnostics(snippet).toList(), origin, hints), null));
    }

    private CellError unresolvedError(DeclarationSnippet snippet) {
        String message = name(snippet) + " cannot be used until " + lock.holding(() -> missing(snippet));
        return new CellError("UnresolvedReference", message, List.of(Ansi.red("UnresolvedReference") + ": " + message));
    }

    private Optional<String> warnOfUnresolved(Snippet snippet) {
        Status status = shell.status(snippet);
        if (isUnresolved(status) && snippet instanceof DeclarationSnippet declaration) {
            String where = sources.find(snippet.id())
                    .map(origin -> " (" + origin.start() + ")")
                    .orElse("");
            return Optional.of(
                    "warning: " + name(declaration) + where + " cannot be used until " + missing(declaration));
        }
        return Optional.empty();
    }

    /** Says which variables hold objects of a class that was declared anew: nothing can be done with these any more. */
    private Optional<String> lost(String type) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(type) + "\\b");
        Map<String, String> types = new TreeMap<>(heldVariables());
        types.putAll(pending.types());
        types.values().removeIf(text -> !word.matcher(text).find());
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "warning: %s was declared anew; the values of %s are of the old one: run their cells again"
                                .formatted(type, String.join(", ", types.keySet())));
    }

    private static boolean isUnresolved(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
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
