package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.ChangeDetector;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.engine.source.SourceRepository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells what changed since each stage last ran. */
public final class StatusReader {
    private final Project project;

    public StatusReader(Project project) {
        this.project = project;
    }

    /** Compares the stages that the targets name, all of them when there are none. */
    public StatusReport read(List<String> targets) {
        return read(targets, false, false);
    }

    /**
     * @param withDependencies whether to compare what the stages need too
     * @param recursive whether targets may be directories
     */
    public StatusReport read(List<String> targets, boolean withDependencies, boolean recursive) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        TargetResolver resolver = new TargetResolver(pipeline, project.relativize("."));
        Set<StageAddress> chosen = new LinkedHashSet<>();
        for (String target : targets) {
            chosen.addAll(
                    recursive && resolver.isDirectory(target, project)
                            ? resolver.inDirectory(target)
                            : resolver.resolve(target).stages());
        }
        if (targets.isEmpty()) {
            chosen.addAll(pipeline.stages().keySet());
        }
        if (withDependencies) {
            chosen = new PipelineGraph(pipeline).withUpstream(chosen);
        }
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
                stages.add(new StatusReport.StageChanges(stage.address(), changes));
            }
        }
        return new StatusReport(stages, warnings, pipeline.stages().isEmpty());
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
