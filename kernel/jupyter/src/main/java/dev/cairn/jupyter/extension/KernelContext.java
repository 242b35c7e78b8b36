package dev.cairn.jupyter.extension;

import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The environment variables of the session, as they are now. */
    Map<String, String> environment();

    /** Sets an environment variable for what the session starts from now on; null removes it. */
    default void setEnvironmentVariable(String name, @Nullable String value) {
        throw notOffered("set environment variables");
    }

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

    /** The variables that cells declared: their types by their names, sorted. */
    default Map<String, String> variables() {
        throw notOffered("list variables");
    }

    /** Forgets the variables, methods and types that cells declared; imports stay. */
    default void forgetDeclarations() {
        throw notOffered("forget declarations");
    }

    /** Offers code to the user once the cell has ended: in place of the cell that runs, or as a new cell below it. */
    default void setNextInput(String code, boolean replacesCell) {
        throw notOffered("write cells");
    }

    /** Lets cells use the classes of a jar or a directory. */
    void addToClassPath(Path jarOrDirectory);

    /** Lets cells use the classes of jars and directories, found in this order; quicker than one after the other. */
    default void addToClassPath(List<Path> jarsAndDirectories) {
        jarsAndDirectories.forEach(this::addToClassPath);
    }

    /** What was added to the class path, in order. */
    default List<Path> addedClassPath() {
        return List.of();
    }

    /** Channels between the session and code in the front end. */
    default Comms comms() {
        throw notOffered("open comms");
    }

    /** Runs Java code, such as imports, before the first cell; when cells ran already, before the next. */
    void addStartupSnippet(String code);

    /** The output of the cell that the calling thread works for; empty when there is none. */
    default Optional<CellOutput> currentOutput() {
        return Optional.empty();
    }

    /**
     * Runs the action at the end of each cell that did not fail, as part of it: it may wait, be interrupted, and fail the cell. A kernel that
     * cannot do so never runs it.
     */
    default void onCellEnd(CellEndAction action) {}

    /** Runs the action when the session ends. Actions run last registered first. */
    void onShutdown(Runnable action);

    private static MagicException notOffered(String ability) {
        return new MagicException("NotSupported", "Extensions cannot " + ability + " in this kernel.", null);
    }
}
