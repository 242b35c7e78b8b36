package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import dev.cairn.store.git.CommitWriter;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.TreeOverlay;
import dev.cairn.store.git.WorkspaceTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Puts an experiment that is to run somewhere else into a commit: the workspace's tracked files with the overrides in effect, and the
 * arguments of the run. The workspace itself stays as it is.
 */
final class ExperimentStasher {
    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;

    ExperimentStasher(Project project) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /** @param start where it goes on from */
    record Stashed(Entry entry, ResumePoint start, ExperimentRef ref) {}

    /**
     * Makes the commit.
     *
     * @param revision the commit to go on from; null for what a plain run goes on from
     * @param isTaken whether a name that is made up is in use
     */
    Stashed stash(ExperimentRequest request, @Nullable String revision, Predicate<String> isTaken) {
        ObjectId head = git.head()
                .orElseThrow(() -> new EngineException(
                        "Empty Git repo. Add a commit to use experiments.",
                        "Run `git add .` and `git commit -m \"first\"`."));
        if (request.name() != null) {
            ExperimentNames.check(request.name());
        }
        WorkspaceTree workspace = new WorkspaceTree(git);
        ExecRefs exec = new ExecRefs(git);
        if (request.reset()) {
            exec.clear();
        }
        String resume = request.policy().resume();
        ObjectId resumed = resume == null ? null : resume.isEmpty() ? exec.toResume() : refs.resolve(resume);
        // A checkpoint that is named comes as it is, as it would to the workspace; else the workspace's files are
        // taken.
        ObjectId source = resume == null || resume.isEmpty() ? null : resumed;
        ParameterChanges parameters = ParameterChanges.of(
                project, source == null ? project.workspace() : project.revision(source), request.overrides());
        Map<String, byte[]> changed = new LinkedHashMap<>();
        if (source == null) {
            new ChangedData(project)
                    .dataFiles()
                    .forEach((path, content) -> changed.put(project.gitPrefix() + path, content));
        }
        parameters.contents().forEach((path, content) -> changed.put(project.gitPrefix() + path, content));
        Function<ObjectId, ObjectId> treeFor = commit -> new TreeOverlay(git)
                .write(
                        source == null
                                ? workspaceTree(workspace, commit)
                                : git.commit(source).tree(),
                        changed,
                        Set.of());
        ResumePoint start = resumed == null
                ? start(request, revision, head, exec, treeFor)
                : ResumePoint.asked(git, refs, resumed.name().substring(0, 7), resumed, head, treeFor);
        ExperimentRef ref = start.experiment();
        if (ref == null) {
            ref = ExperimentNames.refFor(
                    request.name(),
                    request.force() || start.continuation() == Continuation.FORKED,
                    head,
                    refs,
                    project.environment().random());
            while (request.name() == null && isTaken.test(ref.name())) {
                ref = ExperimentNames.refFor(
                        null, false, head, refs, project.environment().random());
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DVC_EXP_BASELINE_REV", head.name());
        environment.put("DVC_EXP_NAME", ref.name());
        if (!start.parent().equals(head)) {
            environment.put("DVCLIVE_RESUME", "1");
        }
        environment.putAll(request.policy().toVariables());
        PackedArguments arguments = new PackedArguments(
                request.reproduce().targets(), request.reproduce().flags(), request.reset(), environment);
        ObjectId tree = new TreeOverlay(git)
                .write(
                        treeFor.apply(start.parent()),
                        Map.of(project.gitPrefix() + PackedArguments.FILE, arguments.write()),
                        Set.of());
        String branch = start.experiment() == null ? null : ref.refName();
        Entry draft = new Entry(ObjectId.zeroId(), start.parent(), head, ref.name(), branch);
        CommitWriter commits = new CommitWriter(git);
        ObjectId index = commits.write(tree, List.of(start.parent()), "Index stash");
        ObjectId stash = commits.write(tree, List.of(start.parent(), index), ExperimentQueue.stashMessage(draft));
        return new Stashed(new Entry(stash, start.parent(), head, ref.name(), branch), start, ref);
    }

    private ResumePoint start(
            ExperimentRequest request,
            @Nullable String revision,
            ObjectId head,
            ExecRefs exec,
            Function<ObjectId, ObjectId> treeFor) {
        if (revision != null) {
            return ResumePoint.at(git, refs, revision, refs.resolve(revision), head, treeFor);
        }
        return request.reset()
                ? ResumePoint.fromBaseline(head, true)
                : ResumePoint.find(git, refs, exec, head, treeFor);
    }

    private ObjectId workspaceTree(WorkspaceTree workspace, ObjectId parent) {
        Set<String> paths = new TreeSet<>(git.files(parent).list());
        return workspace.write(paths, Set.of(project.gitPrefix() + ".dvc/tmp"));
    }
}
