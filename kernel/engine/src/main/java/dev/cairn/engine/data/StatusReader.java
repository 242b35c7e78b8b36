package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.ChangeDetector;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.engine.reproduce.ChangeReason.Kind;
import dev.cairn.engine.source.SourceRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what changed since each stage last ran. */
public final class StatusReader {
    private final Project project;

    public StatusReader(Project project) {
        this.project = project;
    }

    /** Compares the stages that the targets name, all of them when there are none. */
    public StatusReport read(TargetSelection selection) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        Set<StageAddress> chosen = new TargetResolver(pipeline, project).stages(selection);
        ChangeDetector detector = new ChangeDetector(project);
        List<StatusReport.StageChanges> stages = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (StageAddress address : chosen) {
            Stage stage = pipeline.stage(address);
            if (stage.frozen() && !(stage.source() instanceof ImportSource.Repository)) {
                warnings.add("stage: '%s' is frozen. Its dependencies are not going to be shown in the status output."
                        .formatted(stage.address()));
            }
            List<ChangeReason> changes = new ArrayList<>();
            if (stage.source() instanceof ImportSource.Repository repository && hasUpdate(repository)) {
                changes.add(ChangeReason.dependency(repository.describe(), ChangeReason.State.UPDATE_AVAILABLE));
            }
            changes.addAll(
                    detector.compare(stage, pipeline.lock(stage.address())).changes());
            if (!changes.isEmpty()) {
                stages.add(new StatusReport.StageChanges(
                        shown(stage.address()),
                        changes.stream().map(change -> shown(stage, change)).toList()));
            }
        }
        return new StatusReport(stages, warnings, pipeline.stages().isEmpty());
    }

    /** As it is addressed from the working directory. */
    private StageAddress shown(StageAddress address) {
        return new StageAddress(ProjectPath.relativize(project.relativize("."), address.file()), address.name());
    }

    /** With its path as it is seen from the working directory. */
    private ChangeReason shown(Stage stage, ChangeReason change) {
        boolean isPath = Set.of(Kind.DEPENDENCY, Kind.PARAMETER, Kind.OUTPUT).contains(change.kind());
        if (!isPath
                || change.path().contains("://")
                || change.path().startsWith("/")
                || change.path().contains(" (")) {
            return change;
        }
        String path = Path.of("/" + stage.workingDirectory())
                .resolve(change.path())
                .normalize()
                .toString()
                .substring(1);
        return new ChangeReason(
                change.kind(), ProjectPath.relativize(project.relativize("."), path), change.key(), change.state());
    }

    private boolean hasUpdate(ImportSource.Repository source) {
        if (source.lockedRevision() == null) {
            return false;
        }
        try (SourceRepository opened = SourceRepository.open(project.environment(), source.url())) {
            return !opened.commit(source.revision()).equals(source.lockedRevision());
        }
    }
}
