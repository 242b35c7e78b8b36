package dev.cairn.engine.experiment;

import dev.cairn.engine.error.MissingDataException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes cached outputs in the workspace what the lock files say. Content that is in no cache yet is taken into it before it is replaced. */
final class LockedOutputs {
    private final Project project;

    LockedOutputs(Project project) {
        this.project = project;
    }

    private record Located(Stage stage, Output output, Optional<PathState> state) {}

    private static List<Located> outputs(Pipeline pipeline) {
        List<Located> out = new ArrayList<>();
        for (Stage stage : pipeline.stages().values()) {
            Optional<LockEntry> lock = pipeline.lock(stage.address());
            for (Output output : stage.outputs()) {
                if (output.cached()) {
                    Optional<PathState> state =
                            lock.flatMap(l -> l.output(output.declared())).filter(s -> s.hash() != null);
                    out.add(new Located(stage, output, state));
                }
            }
        }
        return out;
    }

    /**
     * Checks that everything the pipeline names is in the cache.
     *
     * @throws MissingDataException naming each output that is not
     */
    void requireCached(Pipeline pipeline) {
        List<String> missing = new ArrayList<>();
        for (Located located : outputs(pipeline)) {
            PathState state = located.state().orElse(null);
            if (state != null && state.hash() != null && !isAvailable(located, state)) {
                missing.add(described(located, state));
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingDataException(
                    "missing from the cache: %s. Nothing was changed.".formatted(String.join(", ", missing)),
                    "Fetch it with `pull`, or with `exp pull` when it was pushed with the experiment.");
        }
    }

    /**
     * Checks that what a run goes on from is here. An output that is in the workspace is the user's choice, whatever it holds.
     *
     * @throws MissingDataException naming each output of a checkpoint stage that is neither in the workspace nor in the cache
     */
    void requireCheckpoints(Pipeline pipeline) {
        List<String> missing = new ArrayList<>();
        for (Located located : outputs(pipeline)) {
            PathState state = located.state().orElse(null);
            if (state != null
                    && located.output().checkpoint()
                    && present(located, state) instanceof FileSnapshot.Missing
                    && !isAvailable(located, state)) {
                missing.add(described(located, state));
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingDataException(
                    "There is nothing to go on from, missing from the cache: " + String.join(", ", missing),
                    "Fetch it with `pull`, or start over with --reset.");
        }
    }

    /**
     * Takes into the cache again what a {@code gc} removed from it since and is still as the lock files say.
     *
     * @param made the stages whose outputs must be there
     * @throws MissingDataException naming each output of these that is lost, for the workspace had only a link to it
     */
    void storeAgain(Pipeline pipeline, Predicate<Stage> made) {
        List<String> lost = new ArrayList<>();
        for (Located located : outputs(pipeline)) {
            PathState state = located.state().orElse(null);
            if (state == null
                    || state.hash() == null
                    || CacheContent.isWhole(project.cache(state.hashName()), state.hash())) {
                continue;
            }
            if (PathStates.matches(state, present(located, state))) {
                project.cache(state.hashName())
                        .take(project.resolve(located.output().path()), project.snapshotter());
            } else if (made.test(located.stage())) {
                lost.add(described(located, state));
            }
        }
        if (!lost.isEmpty()) {
            throw new MissingDataException(
                    "removed from the cache while the experiment ran: " + String.join(", ", lost),
                    "Run it again, and `gc` afterwards.");
        }
    }

    private static String described(Located located, PathState state) {
        return "%s (md5 %s)".formatted(located.output().path(), state.hash());
    }

    private boolean isAvailable(Located located, PathState state) {
        return state.hash() != null && CacheContent.isWhole(project.cache(state.hashName()), state.hash())
                || PathStates.matches(state, present(located, state));
    }

    private FileSnapshot present(Located located, PathState state) {
        return project.snapshotter().snapshot(project.resolve(located.output().path()), state.hashName());
    }

    /**
     * Restores every output that has a lock entry and whose content is in the cache.
     *
     * @param startOver remove outputs of checkpoint stages, whatever the lock files say
     * @return paths of outputs whose unsaved content was taken into the cache before it was replaced
     */
    List<String> restore(Pipeline pipeline, boolean startOver) {
        List<String> saved = new ArrayList<>();
        for (Located located : outputs(pipeline)) {
            boolean isCheckpoint = located.output().checkpoint();
            PathState state = located.state().orElse(null);
            boolean isReplaced =
                    isCheckpoint && (startOver || state == null) || state != null && isToBeRestored(located, state);
            if (!isReplaced) {
                continue;
            }
            if (save(located)) {
                saved.add(located.output().path());
            }
            Path path = project.resolve(located.output().path());
            if (state == null || state.hash() == null || isCheckpoint && startOver) {
                AtomicFiles.deleteRecursively(path);
            } else {
                project.checkout(state.hashName()).restore(path, state.hash(), state.executable(), true);
            }
        }
        return saved;
    }

    private boolean isToBeRestored(Located located, PathState state) {
        return state.hash() != null
                && !PathStates.matches(state, present(located, state))
                && CacheContent.isWhole(project.cache(state.hashName()), state.hash());
    }

    /** Takes the present content into the cache. Returns whether it was not there. */
    private boolean save(Located located) {
        Path path = project.resolve(located.output().path());
        FileSnapshot present = project.snapshotter().snapshot(path, project.hashName());
        if (present instanceof FileSnapshot.Missing
                || project.cache(project.hashName()).containsAll(present)) {
            return false;
        }
        project.cache(project.hashName()).put(path, present);
        return true;
    }
}
