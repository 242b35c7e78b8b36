package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.StandingContext;
import dev.cairn.jupyter.magic.Interpolation;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** A session of JJava's as Cairn's extensions see a session. */
final class JJavaContext extends StandingContext {
    // JJava has taken the quotes away when a magic gets its words: what needs quotes cannot be an expression.
    private static final Predicate<String> EXPRESSION =
            Pattern.compile("[A-Za-z_$][\\w$.()\\[\\]]*").asMatchPredicate();

    private final BaseKernel kernel;
    private final JJavaShell shell;
    private final MirroringRenderer renderer;

    JJavaContext(BaseKernel kernel, Path workingDirectory, Map<String, String> environment) {
        super(workingDirectory, environment);
        this.kernel = kernel;
        this.shell = new JJavaShell(kernel);
        this.renderer = new MirroringRenderer(kernel.getRenderer());
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
}
