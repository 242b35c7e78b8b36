package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.RemoteData;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings what a run lacks from the default remote, or from where it was imported. The project's lock is held by the run. */
public final class RemotePull implements RemoteData {
    private static final int JOBS = 4;

    private final Project project;
    private final RunListener listener;

    public RemotePull(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
    }

    @Override
    public void importAgain(Stage stage) throws InterruptedException {
        new ImportUpdater(project, listener).again(stage);
    }

    @Override
    public void fetchRuns() {
        transfer().fetchRuns();
    }

    @Override
    public void fetch(List<PathState> outputs) {
        Map<HashName, Set<ContentHash>> wanted = new EnumMap<>(HashName.class);
        for (PathState output : outputs) {
            if (output.hash() != null) {
                wanted.computeIfAbsent(output.hashName(), name -> new LinkedHashSet<>())
                        .add(output.hash());
            }
        }
        transfer().fetch(wanted);
    }

    private DataTransfer transfer() {
        return new DataTransfer(project, Optional.empty(), JOBS);
    }
}
