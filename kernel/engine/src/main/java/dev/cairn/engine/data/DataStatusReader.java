package dev.cairn.engine.data;

import dev.cairn.engine.data.DataChange.Kind;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.GitStatus;
import dev.cairn.store.hash.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Compares tracked data of the last commit, of the .dvc and lock files, and in the workspace. */
public final class DataStatusReader {
    private final Project project;

    public DataStatusReader(Project project) {
        this.project = project;
    }

    /**
     * What to look at.
     *
     * @param granular the files of directories, too
     * @param untracked files that Git does not know, too
     * @param notInRemote whether the default remote has the content, too
     */
    public record Options(boolean granular, boolean untracked, boolean notInRemote) {}

    /** Compares. */
    public DataStatus read(Options options) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        DataIndex recorded = DataIndex.recorded(project, pipeline);
        DataIndex present = DataIndex.present(project, pipeline, Optional.empty());
        Optional<DataTransfer> remote =
                options.notInRemote() ? DataTransfer.ofDefaultRemote(project) : Optional.empty();
        DataStatus.Changes uncommitted = changes(recorded, present, options.granular(), true, remote);
        List<String> unchanged = new ArrayList<>(uncommitted.take("unchanged"));
        List<String> notInCache = uncommitted.take("not_in_cache");
        List<String> notInRemote = uncommitted.take("not_in_remote");
        DataStatus.Changes committed = new DataStatus.Changes();
        Optional<ObjectId> head = project.gitIfAny().flatMap(GitRepository::head);
        if (head.isPresent()) {
            DataIndex before = DataIndex.recorded(project, PipelineReader.read(project.revision(head.get())));
            committed = changes(before, recorded, options.granular(), false, remote);
            unchanged.retainAll(committed.take("unchanged"));
        }
        Optional<GitStatus> git = project.gitIfAny().map(GitRepository::status);
        List<String> untracked = options.untracked()
                ? git.map(status -> untracked(status.untracked())).orElse(List.of())
                : List.of();
        boolean isDirty =
                git.map(status -> status.isChanged() || !untracked.isEmpty()).orElse(false);
        return new DataStatus(
                notInCache,
                notInRemote,
                committed.byKind,
                uncommitted.byKind,
                untracked,
                unchanged,
                project.gitIfAny().isPresent() && head.isEmpty(),
                isDirty);
    }

    private DataStatus.Changes changes(
            DataIndex before, DataIndex after, boolean granular, boolean withMissing, Optional<DataTransfer> remote) {
        DataStatus.Changes found = new DataStatus.Changes();
        for (DataChange change : DataComparison.all(before, after, granular)) {
            DataEntry old = change.before();
            DataEntry now = change.after();
            boolean isNothing = change.kind() == Kind.UNCHANGED
                    && old != null
                    && now != null
                    && old.hash() == null
                    && now.hash() == null;
            if (isNothing || (change.kind() == Kind.UNKNOWN && now == null)) {
                continue;
            }
            String label = label(old, now);
            if (withMissing && old != null && isMissing(old)) {
                found.add("not_in_cache", label);
            }
            if (old != null && old.hash() != null && remote.isPresent()) {
                ContentHash hash = old.hash();
                if (!remote.get().hasObject(old.hashName(), hash)) {
                    found.add("not_in_remote", label);
                }
            }
            found.add(change.kind().name().toLowerCase(Locale.ROOT), label);
        }
        return found;
    }

    private boolean isMissing(DataEntry entry) {
        ContentHash hash = entry.hash();
        return hash != null && !project.cache(entry.hashName()).contains(hash);
    }

    private static String label(@Nullable DataEntry old, @Nullable DataEntry now) {
        DataEntry shown = now != null && (now.hash() != null || old == null) ? now : old;
        return shown == null ? "" : shown.label();
    }

    /** From relative to Git's work tree to relative to the working directory; what is outside of the project is left out. */
    private List<String> untracked(List<String> files) {
        String prefix = project.gitPrefix();
        String directory = project.relativize(".");
        return files.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> ProjectPath.relativize(directory, path.substring(prefix.length())))
                .toList();
    }
}
