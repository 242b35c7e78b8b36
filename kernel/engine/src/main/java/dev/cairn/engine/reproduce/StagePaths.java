package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.store.lock.RwLockFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What stages read and write, held so that neither DVC nor another command of Cairn's changes it meanwhile. */
public final class StagePaths {
    private static final String COMMAND_LINE =
            ProcessHandle.current().info().commandLine().orElse("cairn");

    private StagePaths() {}

    /**
     * Holds the paths of all the stages, or of none.
     *
     * @param purpose what others are told besides the command line that holds them; may be empty
     * @throws dev.cairn.store.lock.BusyPathException when a running command holds one of them
     */
    public static RwLockFile.Hold hold(
            Project project, Collection<Stage> stages, String purpose, Consumer<String> warnings) {
        Set<Path> reads = new LinkedHashSet<>();
        Set<Path> writes = new LinkedHashSet<>();
        for (Stage stage : stages) {
            stage.dependencies().forEach(d -> reads.add(project.resolve(d.path())));
            stage.outputs().forEach(o -> writes.add(project.resolve(o.path())));
        }
        String holder = purpose.isEmpty() ? COMMAND_LINE : COMMAND_LINE + " (" + purpose + ")";
        return project.readWriteLock(warnings).acquire(holder, reads, writes);
    }
}
