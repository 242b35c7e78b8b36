package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what a stage made into the cache and says what it was made from: the lock entry. */
public final class OutputCommitter {
    private final Project project;
    private final ParameterReader parameters;
    private final GitIgnoreEditor ignores;
    private final Set<String> foundOutsideGit = new HashSet<>();
    private final Set<String> keptOutOfGit = new HashSet<>();

    public OutputCommitter(Project project) {
        this.project = project;
        this.ignores = new GitIgnoreEditor(project);
        this.parameters = new ParameterReader(project.workspace());
    }

    /** How outputs are taken over. */
    public enum Mode {
        /** Into the cache, and linked from there. */
        STORE,
        /** Into the cache; the files stay as they are, for the stage goes on writing them. Missing outputs are allowed. */
        CHECKPOINT,
        /** Only hashed. */
        HASH_ONLY
    }

    /**
     * Commits the outputs, and has Git ignore them.
     *
     * @param touched gets the files outside the cache that were written, relative to the root
     * @throws StageFailedException when an output is missing, or is in Git although it is to be cached
     */
    public LockEntry commit(Stage stage, Mode mode, Set<String> touched) {
        ignore(stage, touched);
        return take(stage, mode, touched);
    }

    /** As {@link #commit}, but leaves the .gitignore files as they are. */
    LockEntry take(Stage stage, Mode mode, Set<String> touched) {
        stage.outputs().forEach(output -> requireOutsideGit(stage, output));
        HashName hashName = project.hashName();
        List<PathState> outputs = new ArrayList<>();
        for (Output output : stage.outputs()) {
            outputs.add(take(stage, output, mode, hashName, touched));
        }
        return new LockEntry(
                stage.isData() ? null : stage.command(), dependencies(stage, hashName), params(stage), outputs);
    }

    private PathState take(Stage stage, Output output, Mode mode, HashName hashName, Set<String> touched) {
        Path path = project.resolve(output.path());
        FileSnapshot snapshot = output.cached() && mode != Mode.HASH_ONLY
                ? project.cache(hashName).take(path, project.snapshotter())
                : project.snapshotter().snapshot(path, hashName);
        if (snapshot instanceof FileSnapshot.Missing) {
            if (mode == Mode.CHECKPOINT) {
                return PathState.unknown(output.declared());
            }
            throw new StageFailedException(
                    stage.isData()
                            ? "failed to reproduce '%s': missing data 'source': %s"
                                    .formatted(stage.address(), output.declared())
                            : "failed to reproduce '%s': output '%s' does not exist"
                                    .formatted(stage.address(), output.declared()),
                    "The stage's command must make '%s', or take it out of the stage's outs.".formatted(output.path()));
        }
        if (output.cached()) {
            if (mode == Mode.STORE) {
                project.checkout(hashName).relink(path, snapshot);
                snapshot.contentHash().ifPresent(hash -> project.trackedPlaces().note(output.path(), hash));
            }
        } else {
            touched.add(output.path());
        }
        return PathStates.of(output.declared(), snapshot, hashName);
    }

    /** Has Git ignore the stage's outputs that are cached. */
    void ignore(Stage stage, Set<String> touched) {
        for (Output output : stage.outputs()) {
            requireOutsideGit(stage, output);
            if (isToBeIgnored(output) && keptOutOfGit.add(output.path())) {
                ignores.ignore(output.path()).ifPresent(touched::add);
            }
        }
    }

    private boolean isToBeIgnored(Output output) {
        return output.cached() && Files.exists(project.resolve(output.path()));
    }

    private void requireOutsideGit(Stage stage, Output output) {
        if (!isToBeIgnored(output) || !foundOutsideGit.add(output.path())) {
            return;
        }
        boolean isTracked = project.gitIfAny()
                .map(git -> git.isTracked(project.resolve(output.path())))
                .orElse(false);
        if (isTracked) {
            throw new StageFailedException(
                    """
                    failed to reproduce '%s':  output '%s' is already tracked by SCM (e.g. Git).
                        You can remove it from Git, then add to DVC.
                            To stop tracking from Git:
                                git rm -r --cached '%s'
                                git commit -m "stop tracking %s"
                    """
                            .formatted(stage.address(), output.declared(), output.declared(), output.declared()),
                    "Or declare it with `cache: false` to leave it in Git.");
        }
    }

    /** What the stage's dependencies are now. */
    List<PathState> dependencies(Stage stage, HashName hashName) {
        List<PathState> out = new ArrayList<>();
        for (Dependency.OnFile dependency : stage.fileDependencies()) {
            FileSnapshot snapshot = project.snapshotter().snapshot(project.resolve(dependency.path()), hashName);
            if (snapshot instanceof FileSnapshot.Missing) {
                throw new StageFailedException(
                        "failed to reproduce '%s': dependency '%s' does not exist"
                                .formatted(stage.address(), dependency.declared()),
                        "Create '%s', or get it with `pull` or `checkout`.".formatted(dependency.path()));
            }
            out.add(PathStates.of(dependency.declared(), snapshot, hashName));
        }
        return out;
    }

    /** What the stage's parameters are now. */
    Map<String, Map<String, @Nullable Object>> params(Stage stage) {
        Map<String, Map<String, @Nullable Object>> out = new LinkedHashMap<>();
        for (Dependency.OnParameters dependency : stage.parameterDependencies()) {
            out.put(dependency.declared(), parameters.require(stage.address().toString(), dependency));
        }
        return out;
    }

    /** Takes back what was added to .gitignore files: DVC leaves nothing there of a run that failed. */
    void undoIgnores() {
        ignores.undo();
    }

    /** Puts outputs that are not cached into the cache too, so that a run can be restored from there. */
    void storeUncached(Stage stage) {
        for (Output output : stage.outputs()) {
            Path path = project.resolve(output.path());
            if (!output.cached()) {
                project.cache(project.hashName()).take(path, project.snapshotter());
            }
        }
    }
}
