package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The cached outputs of a project at one moment, and what the directories among them hold. */
final class DataIndex {
    private final SortedMap<String, DataEntry> outputs;
    private final Function<DataEntry, Optional<DirectoryManifest>> manifests;
    private final Predicate<String> visible;

    private DataIndex(
            SortedMap<String, DataEntry> outputs,
            Function<DataEntry, Optional<DirectoryManifest>> manifests,
            Predicate<String> visible) {
        this.outputs = outputs;
        this.manifests = manifests;
        this.visible = visible;
    }

    /** What the lock files and .dvc files say. */
    static DataIndex recorded(Project project, Pipeline pipeline) {
        SortedMap<String, DataEntry> outputs = new TreeMap<>();
        for (Stage stage : pipeline.stages().values()) {
            for (Output output : stage.outputs()) {
                if (output.cached()) {
                    PathState state = stateOf(pipeline, stage, output);
                    ContentHash hash = state.hash();
                    boolean isDirectory = hash != null && hash.isDirectory();
                    outputs.put(output.path(), new DataEntry(output.path(), hash, state.hashName(), isDirectory));
                }
            }
        }
        return new DataIndex(outputs, entry -> manifest(project, entry), path -> true);
    }

    private static Optional<DirectoryManifest> manifest(Project project, DataEntry entry) {
        ContentHash hash = entry.hash();
        return hash == null ? Optional.empty() : DataTransfer.findManifest(project, entry.hashName(), hash);
    }

    /** What lies in the workspace at the places of the outputs, or only at the given places in or at them. */
    static DataIndex present(Project project, Pipeline pipeline, Optional<Set<String>> places) {
        SortedMap<String, DataEntry> outputs = new TreeMap<>();
        Map<String, DirectoryManifest> manifests = new HashMap<>();
        for (Stage stage : pipeline.stages().values()) {
            for (Output output : stage.outputs()) {
                if (!output.cached()) {
                    continue;
                }
                PathState state = stateOf(pipeline, stage, output);
                Set<String> wanted =
                        places.map(all -> placesIn(output.path(), all)).orElse(Set.of(output.path()));
                for (String path : wanted) {
                    FileSnapshot now = project.snapshotter().snapshot(project.resolve(path), state.hashName());
                    boolean isDirectory = now instanceof FileSnapshot.Directory;
                    ContentHash hash = now.contentHash().orElse(null);
                    outputs.put(path, new DataEntry(path, hash, state.hashName(), isDirectory));
                    if (now instanceof FileSnapshot.Directory directory) {
                        manifests.put(path, directory.manifest());
                    }
                }
            }
        }
        return new DataIndex(outputs, entry -> Optional.ofNullable(manifests.get(entry.path())), path -> true);
    }

    private static Set<String> placesIn(String output, Set<String> places) {
        Set<String> found = new HashSet<>();
        places.stream().filter(place -> ProjectPath.isIn(place, output)).forEach(found::add);
        return found;
    }

    private static PathState stateOf(Pipeline pipeline, Stage stage, Output output) {
        return pipeline.lock(stage.address())
                .flatMap((LockEntry entry) -> entry.output(output.declared()))
                .orElse(PathState.unknown(output.declared()));
    }

    /**
     * Only what is at the places, below them, or above them. As in DVC it is nothing at all when a place is unknown here.
     */
    DataIndex at(Set<String> places) {
        Set<String> explicit = new HashSet<>();
        for (String place : places) {
            if (!contains(place)) {
                return new DataIndex(new TreeMap<>(), manifests, path -> false);
            }
            for (String path = place; !path.isEmpty(); path = ProjectPath.parent(path)) {
                explicit.add(path);
            }
        }
        Predicate<String> chosen =
                path -> explicit.contains(path) || places.stream().anyMatch(place -> ProjectPath.isIn(path, place));
        return new DataIndex(outputs, manifests, chosen);
    }

    private boolean contains(String place) {
        return outputs.containsKey(place)
                || outputs.values().stream()
                        .filter(entry -> ProjectPath.isIn(place, entry.path()))
                        .flatMap(entry -> manifest(entry).stream()
                                .flatMap(m -> m.entries().stream().map(file -> entry.path() + "/" + file.path())))
                        .anyMatch(path -> ProjectPath.isIn(path, place));
    }

    /** The outputs by path. */
    Map<String, DataEntry> outputs() {
        Map<String, DataEntry> found = new TreeMap<>(outputs);
        found.keySet().removeIf(visible.negate());
        return found;
    }

    /** What the entry's directory holds, by path; empty when its manifest cannot be had. */
    Optional<Map<String, DataEntry>> members(DataEntry entry) {
        return manifest(entry).map(manifest -> {
            Map<String, DataEntry> members = new HashMap<>();
            for (DirectoryManifest.Entry file : manifest.entries()) {
                String path = entry.path() + "/" + file.path();
                if (visible.test(path)) {
                    members.put(path, new DataEntry(path, file.hash(), entry.hashName(), false));
                }
            }
            return members;
        });
    }

    private Optional<DirectoryManifest> manifest(DataEntry entry) {
        return entry.isDirectory() ? manifests.apply(entry) : Optional.empty();
    }
}
