package dev.cairn.engine.data;

import dev.cairn.engine.data.DataChange.Kind;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Tells how tracked data differs between two revisions, or between one and the workspace. */
public final class DataDiffer {
    private final Project project;
    private final Function<String, ObjectId> revisions;

    /** @param revisions gives the commit that a name means, and throws for an unknown one */
    public DataDiffer(Project project, Function<String, ObjectId> revisions) {
        this.project = project;
        this.revisions = revisions;
    }

    /**
     * Compares two revisions.
     *
     * @param after null for the workspace as it is on disk
     * @param targets outputs and paths in them to compare; everything when there are none
     * @throws EngineException when neither side knows a target
     */
    public DataDiff compare(String before, @Nullable String after, List<String> targets) {
        if (project.git().head().isEmpty()) {
            return DataDiff.none();
        }
        try (ProjectLock lock = new ProjectLock(project)) {
            Side old = recorded(before, targets);
            Side now = after == null ? workspace(targets) : recorded(after, targets);
            for (String target : old.unknown()) {
                if (now.unknown().contains(target)) {
                    throw new EngineException(
                            "unexpected error - [Errno 2] No such file or directory: '%s'".formatted(target),
                            "Neither revision tracks it.");
                }
            }
            List<DataChange> changes = DataComparison.withRenames(DataComparison.changes(old.index(), now.index()));
            return diff(changes, after == null);
        }
    }

    /** @param unknown targets that do not exist on this side */
    private record Side(DataIndex index, Set<String> unknown) {}

    private Side recorded(String revision, List<String> targets) {
        Pipeline pipeline = PipelineReader.read(project.revision(revisions.apply(revision)));
        DataIndex index = DataIndex.recorded(project, pipeline);
        if (targets.isEmpty()) {
            return new Side(index, Set.of());
        }
        Set<String> unknown = new HashSet<>();
        return new Side(index.at(places(pipeline, targets, unknown)), unknown);
    }

    private Side workspace(List<String> targets) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        if (targets.isEmpty()) {
            return new Side(DataIndex.present(project, pipeline, Optional.empty()), Set.of());
        }
        Set<String> unknown = new HashSet<>();
        Set<String> places = places(pipeline, targets, unknown);
        return new Side(DataIndex.present(project, pipeline, Optional.of(places)), unknown);
    }

    private Set<String> places(Pipeline pipeline, List<String> targets, Set<String> unknown) {
        TargetResolver resolver = new TargetResolver(pipeline, project);
        Set<String> places = new HashSet<>();
        for (String name : targets) {
            try {
                TargetResolver.Target target = resolver.resolve(name);
                for (StageAddress stage : target.stages()) {
                    for (Output output : pipeline.stage(stage).outputs()) {
                        if (output.cached()) {
                            target.path()
                                    .filter(path -> ProjectPath.isIn(path, output.path()))
                                    .or(() -> target.path().isEmpty() ? Optional.of(output.path()) : Optional.empty())
                                    .ifPresent(places::add);
                        }
                    }
                }
            } catch (UnknownNameException e) {
                unknown.add(name);
            }
        }
        return places;
    }

    private DataDiff diff(List<DataChange> changes, boolean withMissing) {
        List<DataEntry> added = new ArrayList<>();
        List<DataEntry> deleted = new ArrayList<>();
        List<DataDiff.Pair> modified = new ArrayList<>();
        List<DataDiff.Pair> renamed = new ArrayList<>();
        List<DataEntry> notInCache = new ArrayList<>();
        for (DataChange change : changes) {
            DataEntry before = change.before();
            DataEntry after = change.after();
            if (change.kind() == Kind.ADDED && after != null) {
                added.add(after);
            } else if (change.kind() == Kind.DELETED && before != null) {
                deleted.add(before);
            } else if (before != null && after != null) {
                (change.kind() == Kind.RENAMED ? renamed : modified).add(new DataDiff.Pair(before, after));
            }
            if (withMissing && before != null && isMissing(before)) {
                notInCache.add(before);
            }
        }
        Comparator<DataEntry> byPath = Comparator.comparing(DataEntry::label, PythonJson::compareByCodePoint);
        added.sort(byPath);
        deleted.sort(byPath);
        modified.sort(Comparator.comparing(DataDiff.Pair::before, byPath));
        renamed.sort(Comparator.comparing(DataDiff.Pair::before, byPath));
        notInCache.sort(byPath);
        return new DataDiff(added, deleted, modified, renamed, notInCache);
    }

    private boolean isMissing(DataEntry entry) {
        ContentHash hash = entry.hash();
        return hash != null && !project.cache(entry.hashName()).contains(hash);
    }
}
