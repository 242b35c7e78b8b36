package dev.cairn.jupyter.extension;

import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running session as an extension sees it. Lives as long as the session; may be used from any thread. */
public interface KernelContext {
    /** Makes {@code %name} run the magic. A later registration of the same name replaces the earlier. */
    void registerLineMagic(String name, LineMagic magic);

    /** Makes {@code %%name} run the magic. A later registration of the same name replaces the earlier. */
    void registerCellMagic(String name, CellMagic magic);

    /** Turns values into what a notebook shows. Register a type here to have its values drawn. */
    Renderer renderer();

    /** The directory the session works in. */
    Path workingDirectory();

    /** Lets the session work in another directory from now on: magics and shell commands begin there. */
    void changeDirectory(Path directory);

    /** The environment variables of the session. */
    Map<String, String> environment();

    /** The source of each cell run so far, the one that runs now included, in the order they ran. */
    List<String> executedCells();

    /**
     * Gives the value of a Java expression in the session, as a cell would see it.
     *
     * @throws EvaluationException when it does not compile or throws
     */
    @Nullable
    Object evaluate(String expression) throws EvaluationException, InterruptedException;

    /**
     * Runs code as a cell would, with its magics, below the current cell; gives the value of its last expression without
     * showing it. For cell magics that do something around their body.
     *
     * @throws EvaluationException when it fails; thrown on by a magic, the cell shows the failure as if it were its own
     */
    @Nullable
    Object runCell(String code) throws EvaluationException, InterruptedException;

    /** Lets cells use the classes of a jar or a directory. */
    void addToClassPath(Path jarOrDirectory);

    /** Runs Java code, such as imports, before the first cell; when cells ran already, before the next. */
    void addStartupSnippet(String code);

    /** Runs the action when the session ends. Actions run last registered first. */
    void onShutdown(Runnable action);
}
