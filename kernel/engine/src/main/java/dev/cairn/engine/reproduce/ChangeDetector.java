package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.ChangeReason.Kind;
import dev.cairn.engine.reproduce.ChangeReason.State;
import dev.cairn.engine.source.SourceLocation;
import dev.cairn.store.snapshot.FileSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a stage as it is with what its lock entry says it was. */
public final class ChangeDetector {
    private final Project project;
    private final ParameterReader parameters;

    public ChangeDetector(Project project) {
        this.project = project;
        this.parameters = new ParameterReader(project.workspace());
    }

    /**
     * Finds every change.
     *
     * @param lock what the stage was when it last ran; empty when it never did
     */
    public StageStatus compare(Stage stage, Optional<LockEntry> lock) {
        List<ChangeReason> reasons = new ArrayList<>();
        if (!stage.frozen()) {
            compareDependencies(stage, lock, reasons);
        }
        for (Output output : stage.outputs()) {
            compareOutput(output, lock.flatMap(l -> l.output(output.declared())), reasons);
        }
        if (stage.isCallback() || stage.alwaysChanged() || stage.isCheckpoint()) {
            reasons.add(new ChangeReason(Kind.ALWAYS, "", "", State.MODIFIED));
        }
        if (stage.source() != null && !stage.source().isLocked()) {
            reasons.add(new ChangeReason(Kind.CHECKSUM, "", "", State.MODIFIED));
        }
        boolean isEmptyCommand = stage.command().lines().stream().allMatch(String::isEmpty);
        boolean sameCommand =
                lock.map(LockEntry::command).map(stage.command()::equals).orElse(true);
        if (!stage.isData() && !isEmptyCommand && !sameCommand) {
            reasons.add(new ChangeReason(Kind.COMMAND, "", "", State.MODIFIED));
        }
        return StageStatus.of(reasons);
    }

    private void compareDependencies(Stage stage, Optional<LockEntry> lock, List<ChangeReason> reasons) {
        if (stage.source() instanceof ImportSource.Location location
                && stage.dependencies().isEmpty()) {
            compareSource(stage, location, reasons);
        }
        for (Dependency dependency : stage.dependencies()) {
            if (dependency instanceof Dependency.OnParameters onParameters) {
                compareParameters(
                        onParameters,
                        lock.map(l -> l.params().get(onParameters.declared())).orElse(null),
                        reasons);
            } else {
                compareFile(dependency, lock.flatMap(l -> l.dependency(dependency.declared())), reasons);
            }
        }
    }

    private void compareSource(Stage stage, ImportSource.Location known, List<ChangeReason> reasons) {
        SourceLocation place = SourceLocation.of(project, stage.workingDirectory(), known);
        if (place.file().isEmpty()) {
            return; // what a server has is looked up by `update`
        }
        Optional<PathState> now = place.fileState(known.path(), known.state().hashName());
        if (now.isEmpty()) {
            reasons.add(ChangeReason.dependency(known.path(), State.DELETED));
        } else if (!Objects.equals(now.get().hash(), known.state().hash())) {
            reasons.add(ChangeReason.dependency(known.path(), State.MODIFIED));
        }
    }

    private void compareFile(Dependency dependency, Optional<PathState> locked, List<ChangeReason> reasons) {
        PathState known = locked.orElseGet(() -> PathState.unknown(dependency.declared()));
        FileSnapshot now = project.snapshotter().snapshot(project.resolve(dependency.path()), known.hashName());
        if (now instanceof FileSnapshot.Missing) {
            reasons.add(ChangeReason.dependency(dependency.declared(), State.DELETED));
        } else if (!PathStates.matches(known, now)) {
            reasons.add(ChangeReason.dependency(dependency.declared(), State.MODIFIED));
        }
    }

    private void compareParameters(
            Dependency.OnParameters dependency,
            @Nullable Map<String, @Nullable Object> locked,
            List<ChangeReason> reasons) {
        Map<String, @Nullable Object> now = parameters.read(dependency).orElse(null);
        if (now == null) {
            reasons.add(ChangeReason.dependency(dependency.declared(), State.DELETED));
            return;
        }
        if (locked == null) {
            reasons.add(ChangeReason.dependency(dependency.declared(), State.NEW));
            return;
        }
        List<String> keys = new ArrayList<>(dependency.keys().isEmpty() ? locked.keySet() : dependency.keys());
        now.keySet().stream().filter(k -> !keys.contains(k)).forEach(keys::add);
        for (String key : keys) {
            State state = !now.containsKey(key)
                    ? State.DELETED
                    : !locked.containsKey(key)
                            ? State.NEW
                            : ValueEquality.areEqual(now.get(key), locked.get(key)) ? null : State.MODIFIED;
            if (state != null) {
                reasons.add(new ChangeReason(Kind.PARAMETER, dependency.declared(), key, state));
            }
        }
    }

    private void compareOutput(Output output, Optional<PathState> locked, List<ChangeReason> reasons) {
        PathState known = locked.orElseGet(() -> PathState.unknown(output.declared()));
        FileSnapshot now = project.snapshotter().snapshot(project.resolve(output.path()), known.hashName());
        boolean isMissing = now instanceof FileSnapshot.Missing;
        if (output.cached()
                && known.hash() != null
                && !project.cache(known.hashName()).contains(known.hash())) {
            reasons.add(ChangeReason.output(output.declared(), State.NOT_IN_CACHE));
        } else if (isMissing) {
            reasons.add(ChangeReason.output(output.declared(), State.DELETED));
        } else if (!PathStates.matches(known, now)) {
            reasons.add(ChangeReason.output(output.declared(), State.MODIFIED));
        }
    }
}
