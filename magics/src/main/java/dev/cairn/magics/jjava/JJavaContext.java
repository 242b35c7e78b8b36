package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.magic.Interpolation;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** A session of JJava's as Cairn's extensions see a session. */
final class JJavaContext implements KernelContext, AutoCloseable {
    // JJava has taken the quotes away when a magic gets its words: what needs quotes cannot be an expression.
    private static final Predicate<String> EXPRESSION =
            Pattern.compile("[A-Za-z_$][\\w$.()\\[\\]]*").asMatchPredicate();

    private final BaseKernel kernel;
    private final JJavaShell shell;
    private final MirroringRenderer renderer;
    private final Map<String, String> environment;
    private final Deque<Runnable> shutdownActions = new ArrayDeque<>();
    private volatile Path workingDirectory;

    JJavaContext(BaseKernel kernel, Path workingDirectory, Map<String, String> environment) {
        this.kernel = kernel;
        this.shell = new JJavaShell(kernel);
        this.renderer = new MirroringRenderer(kernel.getRenderer());
        this.workingDirectory = workingDirectory;
        this.environment = new ConcurrentHashMap<>(environment);
    }

    @Override
    public void registerLineMagic(String name, LineMagic magic) {
        org.dflib.jjava.jupyter.kernel.magic.LineMagic<@Nullable Object, BaseKernel> adapted =
                (caller, words) -> PlainFailure.orPlain(() -> magic.run(call(name, words)));
        kernel.getMagicsRegistry().registerLineMagic(name, adapted);
    }

    @Override
    public void registerCellMagic(String name, CellMagic magic) {
        org.dflib.jjava.jupyter.kernel.magic.CellMagic<@Nullable Object, BaseKernel> adapted =
                (caller, words, body) -> PlainFailure.orPlain(() -> magic.run(call(name, words), body));
        kernel.getMagicsRegistry().registerCellMagic(name, adapted);
    }

    private JJavaMagicCall call(String name, List<String> words) throws EvaluationException {
        List<String> filled = new ArrayList<>();
        for (String word : words) {
            filled.add(fillIn(word));
        }
        return new JJavaMagicCall(name, filled, new JJavaOutput(kernel.getIO(), renderer), this);
    }

    private String fillIn(String word) throws EvaluationException {
        StringBuilder filled = new StringBuilder();
        for (Interpolation.Piece piece : Interpolation.pieces(word, EXPRESSION)) {
            filled.append(piece.isExpression() ? evaluate(piece.text()) : piece.text());
        }
        return filled.toString();
    }

    @Override
    public Renderer renderer() {
        return renderer;
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public void changeDirectory(Path directory) {
        workingDirectory = directory.toAbsolutePath().normalize();
    }

    @Override
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public void setEnvironmentVariable(String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    /** JJava keeps no cells: what JShell ran of them, a snippet each. */
    @Override
    public List<String> executedCells() {
        return shell.snippets();
    }

    @Override
    public @Nullable Object evaluate(String expression) throws EvaluationException {
        return shell.evaluate(expression);
    }

    @Override
    public @Nullable Object runCell(String code) throws EvaluationException {
        return shell.evaluate(code);
    }

    @Override
    public void addToClassPath(Path jarOrDirectory) {
        shell.addToClassPath(jarOrDirectory);
    }

    @Override
    public void addStartupSnippet(String code) {
        kernel.evalRaw(code);
    }

    @Override
    public synchronized void onShutdown(Runnable action) {
        shutdownActions.push(action);
    }

    @Override
    public synchronized void close() {
        while (!shutdownActions.isEmpty()) {
            shutdownActions.pop().run();
        }
    }
}
