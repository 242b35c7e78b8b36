package dev.cairn.jupyter.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.display.ValueRenderer;
import dev.cairn.jupyter.eval.CodeFailure;
import dev.cairn.jupyter.eval.JavaEvaluator;
import dev.cairn.jupyter.eval.SourcePosition;
import dev.cairn.jupyter.eval.UserThreads;
import dev.cairn.jupyter.extension.Comms;
import dev.cairn.jupyter.extension.DisplayHandle;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.history.History;
import dev.cairn.jupyter.history.HistoryArchive;
import dev.cairn.jupyter.magic.BuiltinMagics;
import dev.cairn.jupyter.magic.CellPart;
import dev.cairn.jupyter.magic.CellScanner;
import dev.cairn.jupyter.magic.MagicRegistry;
import dev.cairn.jupyter.magic.MagicRunner;
import dev.cairn.jupyter.maven.DependencyMagics;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.CellScope;
import dev.cairn.jupyter.output.CommEvent;
import dev.cairn.jupyter.output.OutputArea;
import dev.cairn.jupyter.output.OutputFlusher;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StandardStreams;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of one session, those of one thread after the other and those of several beside each other. JShell is started
 * behind the scenes when the session is made; the first cell waits for it. May be called from any thread.
 */
public final class KernelSession implements AutoCloseable {
    private final SessionSettings settings;
    private final StandardStreams streams = StandardStreams.redirect();
    private final UserThreads threads = new UserThreads();
    private final ValueRenderer renderer = new ValueRenderer();
    private final OutputFlusher flusher = new OutputFlusher();
    private final MagicRegistry registry = new MagicRegistry();
    private final SessionComms comms = new SessionComms();
    private final SessionContext context;
    private final MagicRunner magics;
    private final SessionAssist assist;
    private final History history;
    private final List<String> executedCells = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JavaEvaluator> starting = new CompletableFuture<>();
    private final List<Path> addedPaths = new CopyOnWriteArrayList<>();
    private final Set<String> installed = ConcurrentHashMap.newKeySet();
    private final ProjectStart project;
    private final AtomicInteger executionCount = new AtomicInteger();
    private final Map<OutputArea, Execution> running = new ConcurrentHashMap<>();

    /** Makes a session whose history ends with it, and begins to start it. */
    public KernelSession(SessionSettings settings) {
        this(settings, HistoryArchive.none());
    }

    /** Makes the session and begins to start it; its history goes into the archive. */
    public KernelSession(SessionSettings settings, HistoryArchive archive) {
        this.settings = settings;
        history = new History(archive);
        context = new SessionContext(this, settings, registry, renderer.renderer());
        magics = new MagicRunner(registry, context, text -> evaluator().isExpression(text));
        assist = new SessionAssist(registry, magics, context::workingDirectory, this::evaluator);
        project = new ProjectStart(settings, code -> runCode(code, new SourcePosition(0, 1, 0)), threads::interrupt);
        daemon(this::start, "cairn-start").start();
    }

    /**
     * Runs a cell; its output goes to the sink, also what its threads put out later. Cells given by several threads run beside
     * each other.
     */
    public ExecuteReply execute(ExecuteRequest request, OutputSink sink) {
        Execution execution = begin(request, request.isSilent() ? new SilentSink(sink) : sink);
        CellScope.Entered entered = scope(execution).enter();
        try {
            evaluator();
            project.startOnce(execution.output());
            showValue(runWithinLimit(execution), execution);
            return execution.reply(null, answers(execution));
        } catch (Throwable e) {
            // Outermost: whatever a cell ends with, an Error included, is the cell's and not the kernel's.
            CellError error = Failures.describe(e, threads.wasInterrupted());
            execution.output().error(error);
            return execution.reply(error, Map.of());
        } finally {
            execution.output().flush();
            entered.close();
            running.remove(execution.output());
        }
    }

    /** Serves a comm's event from the front end; what serves it runs as a cell does, with its output in the sink. */
    public void serveComm(CommEvent event, OutputSink sink) {
        threads.beginCell();
        var output = new OutputArea(sink, renderer, flusher);
        var scope = new CellScope(output, (name, arguments) -> runInline(name, arguments, output), false);
        CellScope.Entered entered = scope.enter();
        try {
            // Extensions register targets while the session starts.
            awaitStart();
            threads.runStoppable(() -> {
                comms.receive(event);
                return event;
            });
        } catch (Throwable e) {
            // Outermost, as with cells: the handlers are the user's code.
            output.error(Failures.describe(e, threads.wasInterrupted()));
        } finally {
            output.flush();
            entered.close();
        }
    }

    /** The targets of the open comms, by their ids. */
    public Map<String, String> openComms() {
        return comms.targetsById();
    }

    Comms comms() {
        return comms;
    }

    private Optional<Object> runWithinLimit(Execution execution) throws Exception {
        try (CellTimeLimit limit = project.limit(execution.output())) {
            Optional<Object> value = runCode(execution.request().code(), execution.start());
            threads.run(() -> {
                context.runCellEndActions();
                return value;
            });
            return value;
        }
    }

    private Execution begin(ExecuteRequest request, OutputSink sink) {
        threads.beginCell();
        int number = request.storesHistory() ? executionCount.incrementAndGet() : Math.max(1, executionCount.get());
        if (request.storesHistory()) {
            history.add(number, request.code());
        }
        if (!request.isSilent()) {
            executedCells.add(request.code());
        }
        sink.begun(number);
        var execution = new Execution(number, request, new OutputArea(sink, renderer, flusher));
        running.put(execution.output(), execution);
        return execution;
    }

    private CellScope scope(Execution execution) {
        OutputArea output = execution.output();
        return new CellScope(
                output,
                (name, arguments) -> runInline(name, arguments, output),
                execution.request().allowsInput());
    }

    /** Waits until the session is ready for its first cell, so that a time limit counts the cell alone. */
    public void awaitStart() {
        evaluator();
    }

    /** The number the next cell will have, unless another comes before it. */
    public int nextExecutionCount() {
        return executionCount.get() + 1;
    }

    /** Interrupts the cells that run, if any do. */
    public void interrupt() {
        threads.interrupt();
    }

    /** Completion, documentation and the like; waits for the session's start when it is asked about Java. */
    public SessionAssist assist() {
        return assist;
    }

    /** The cells that ran. */
    public History history() {
        return history;
    }

    @Override
    public void close() {
        context.runShutdownActions();
        threads.close();
        if (starting.isDone() && !starting.isCompletedExceptionally()) {
            evaluator().close();
        }
        flusher.close();
        CellScope.forgetLatest();
        streams.close();
    }

    List<String> executedCells() {
        return List.copyOf(executedCells);
    }

    @Nullable
    Object evaluate(String expression) throws EvaluationException, InterruptedException {
        return evaluating(() -> evaluator().evaluateExpression(expression, position(expression)));
    }

    @Nullable
    Object runCellCode(String code) throws EvaluationException, InterruptedException {
        return evaluating(() -> runCode(code, position(code)).orElse(null));
    }

    Map<String, String> variables() {
        return new TreeMap<>(evaluator().variables());
    }

    void forgetDeclarations() {
        evaluator().forgetDeclarations();
    }

    void setNextInput(NextInput input) {
        current().ifPresent(execution -> execution.offer(input));
    }

    List<Path> addedClassPath() {
        return List.copyOf(addedPaths);
    }

    void addToClassPath(List<Path> paths) {
        List<Path> added = paths.stream()
                .distinct()
                .filter(path -> !addedPaths.contains(path))
                .toList();
        addedPaths.addAll(added);
        if (!starting.isDone() || added.isEmpty()) {
            // An extension that is being installed; start() sees to it.
            return;
        }
        JavaEvaluator evaluator = evaluator();
        evaluator.addToClassPath(added);
        installExtensions(evaluator.classLoader());
        runStartupSnippets(evaluator);
    }

    private void start() {
        try {
            // The compiler takes longest; the magics are made ready beside it.
            var compiler = CompletableFuture.supplyAsync(
                    this::makeEvaluator, task -> daemon(task, "cairn-compiler").start());
            new BuiltinMagics(registry).install(context);
            new DependencyMagics().install(context);
            installExtensions(settings.classLoader());
            JavaEvaluator evaluator = compiler.join();
            evaluator.addToClassPath(addedPaths);
            runStartupSnippets(evaluator);
            evaluator.warmUp();
            starting.complete(evaluator);
        } catch (CompletionException e) {
            starting.completeExceptionally(Objects.requireNonNullElse(e.getCause(), e));
        } catch (Throwable e) {
            // Every cell tells it from now on; there is nobody else to tell.
            starting.completeExceptionally(e);
        }
    }

    private JavaEvaluator makeEvaluator() {
        var evaluator =
                new JavaEvaluator(settings.classPath(), settings.classLoader(), settings.environment(), threads);
        try {
            evaluator.importAll(SessionStart.imports());
        } catch (CodeFailure e) {
            throw new IllegalStateException("The imports of every session fail: " + e.getMessage(), e);
        }
        return evaluator;
    }

    private JavaEvaluator evaluator() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The session could not be started: " + e.getCause(), e.getCause());
        }
    }

    private void installExtensions(ClassLoader loader) {
        for (KernelExtension extension : ServiceLoader.load(KernelExtension.class, loader)) {
            if (installed.add(extension.getClass().getName())) {
                extension.install(context);
            }
        }
    }

    private void runStartupSnippets(JavaEvaluator evaluator) {
        for (String snippet : context.takeStartupSnippets()) {
            try {
                evaluator.run(snippet, new SourcePosition(0, 1, 0), warning -> {});
            } catch (CodeFailure e) {
                throw new IllegalStateException("The start-up code '" + snippet + "' fails: " + e.getMessage(), e);
            }
        }
    }

    private Optional<Object> runCode(String code, SourcePosition start) throws Exception {
        JavaEvaluator evaluator = evaluator();
        runStartupSnippets(evaluator);
        Object value = null;
        for (CellPart part : CellScanner.scan(code, evaluator::isExpression, evaluator::isVariable)) {
            threads.checkInterrupt();
            value = runPart(part, start, evaluator);
        }
        return Optional.ofNullable(value);
    }

    private @Nullable Object runPart(CellPart part, SourcePosition start, JavaEvaluator evaluator) throws Exception {
        OutputArea output = output();
        if (part instanceof CellPart.Java java) {
            var position = new SourcePosition(start.cell(), start.line() + java.line() - 1, 0);
            return evaluator.run(java.code(), position, output.err()::println).orElse(null);
        }
        if (part instanceof CellPart.Line line) {
            Object value = threads.run(() -> magics.run(line, output));
            if (line.target().isEmpty()) {
                return value;
            }
            assign(line, value, new SourcePosition(start.cell(), start.line() + line.line() - 1, 0), evaluator);
            return null;
        }
        return threads.run(() -> magics.run((CellPart.Cell) part, output));
    }

    /** Declares or sets the variable; its value is fetched from this session by the code itself. */
    private void assign(CellPart.Line line, @Nullable Object value, SourcePosition position, JavaEvaluator evaluator)
            throws CodeFailure {
        String target = line.target()
                .replaceFirst("^(final\\s+)?var\\b", DeclaredType.of(value).replace("$", "\\$"));
        HeldValues held = new HeldValues(value);
        var scope = new CellScope(output(), held, false);
        CellScope.Entered entered = scope.enter();
        try {
            evaluator.run(
                    target + " = dev.cairn.jupyter.magic.InlineMagic.run(\"\");", position, output().err()::println);
        } finally {
            entered.close();
        }
    }

    private record HeldValues(@Nullable Object value) implements CellScope.MagicInvoker {
        @Override
        public @Nullable Object run(String name, String arguments) {
            return value;
        }
    }

    private @Nullable Object runInline(String name, String arguments, OutputArea output) throws Exception {
        return threads.runShielded(() -> magics.runLine(name, arguments, output));
    }

    private void showValue(Optional<Object> value, Execution execution) throws Exception {
        // A handle's display is there to be seen already.
        if (value.isPresent() && !(value.get() instanceof DisplayHandle)) {
            MimeBundle bundle = render(value.get());
            if (execution.request().storesHistory()) {
                bundle.text().ifPresent(text -> history.addOutput(execution.number(), text));
            }
            execution.output().result(execution.number(), bundle);
        }
    }

    // A toString is the user's code, as slow and as faulty as any.
    private MimeBundle render(Object value) throws Exception {
        return threads.runStoppable(() -> renderer.render(value));
    }

    private Map<String, ExecuteReply.Answer> answers(Execution execution) {
        Map<String, ExecuteReply.Answer> answers = new HashMap<>();
        execution
                .request()
                .userExpressions()
                .forEach((name, expression) -> answers.put(name, answer(expression, execution)));
        return answers;
    }

    private ExecuteReply.Answer answer(String expression, Execution execution) {
        try {
            Object value = evaluator().evaluateExpression(expression, execution.start());
            return new ExecuteReply.Answer.Value(value == null ? MimeBundle.ofText("null") : render(value));
        } catch (Throwable e) {
            // As with cells: whatever an expression ends with is its answer.
            return new ExecuteReply.Answer.Failed(Failures.describe(e, threads.wasInterrupted()));
        }
    }

    private @Nullable Object evaluating(Callable<@Nullable Object> evaluation)
            throws EvaluationException, InterruptedException {
        try {
            return evaluation.call();
        } catch (InterruptedException | EvaluationException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // The code is the user's and may run any magic: what it throws is the caller's to know, as its cause.
            throw new EvaluationException(String.valueOf(e.getMessage()), e);
        }
    }

    private SourcePosition position(String code) {
        return current()
                .map(execution -> execution.position(code))
                .orElseGet(() -> new SourcePosition(executionCount.get(), 1, 0));
    }

    /** The cell that the calling thread works for, as long as it runs. */
    private Optional<Execution> current() {
        return CellScope.current()
                .flatMap(scope -> Optional.ofNullable(running.get(scope.output().cell())));
    }

    private OutputArea output() {
        return CellScope.current()
                .map(CellScope::output)
                .orElseThrow(() -> new IllegalStateException("No cell is running"));
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
