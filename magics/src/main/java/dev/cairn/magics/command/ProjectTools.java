package dev.cairn.magics.command;

import dev.cairn.engine.experiment.BestCheckpoint;
import dev.cairn.engine.experiment.ExperimentCollector;
import dev.cairn.engine.experiment.ExperimentDiffer;
import dev.cairn.engine.experiment.ExperimentExplainer;
import dev.cairn.engine.experiment.ExperimentLister;
import dev.cairn.engine.experiment.ExperimentRefs;
import dev.cairn.engine.experiment.NamedCommits;
import dev.cairn.engine.experiment.RevisionStateReader;
import dev.cairn.engine.metric.MetricReader;
import dev.cairn.engine.metric.ParamReader;
import dev.cairn.engine.metric.PlotReader;
import dev.cairn.engine.metric.ProjectRevisions;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.WorkspaceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** An open project with its readers, which remember what they parsed as long as the project is open. */
final class ProjectTools {
    private final Project project;
    private final ValueFiles values = new ValueFiles();
    private @Nullable RevisionStateReader states;

    ProjectTools(Project project) {
        this.project = project;
    }

    Project project() {
        return project;
    }

    MetricReader metrics() {
        return new MetricReader(values);
    }

    ParamReader params() {
        return new ParamReader(values);
    }

    PlotReader plots() {
        return new PlotReader(values);
    }

    ExperimentRefs experiments() {
        return new ExperimentRefs(project.git());
    }

    private ProjectRevisions revisions() {
        return new ProjectRevisions(project, PipelineReader::read);
    }

    private RevisionStateReader states() {
        if (states == null) {
            states = new RevisionStateReader(project.git(), revisions(), values);
        }
        return states;
    }

    /** The revision that the user named: {@code workspace}, an experiment, a checkpoint or a commit. */
    RevisionData revision(String name) {
        return name.equals(RevisionData.WORKSPACE)
                ? revisions().workspace()
                : revisions().commit(name, experiments().resolve(name));
    }

    /** The workspace, then the commits that the options ask for. */
    List<RevisionData> revisions(ScopeOptions options) {
        List<RevisionData> found = new ArrayList<>(List.of(revisions().workspace()));
        if (!options.given().isEmpty()) {
            options.commits(new NamedCommits(project.git()))
                    .forEach((name, commit) -> found.add(revisions().commit(name, commit)));
        }
        return found;
    }

    ExperimentCollector collector() {
        return new ExperimentCollector(
                project.git(), experiments(), states(), project.temporaryDirectory(), pid -> ProcessHandle.of(pid)
                        .isPresent());
    }

    ExperimentLister lister() {
        return new ExperimentLister(project.git(), experiments());
    }

    ExperimentDiffer differ() {
        return new ExperimentDiffer(experiments(), states());
    }

    ExperimentExplainer explainer() {
        return new ExperimentExplainer(project, states());
    }

    BestCheckpoint best() {
        return new BestCheckpoint(project, states());
    }

    /** Whether tracked files of the workspace differ from HEAD. */
    boolean isDirty() {
        GitRepository git = project.git();
        ObjectId workspace = new WorkspaceTree(git).write(List.of(), Set.of());
        return git.head().map(head -> !git.treeOf(head).equals(workspace)).orElse(true);
    }
}
