package dev.cairn.engine.data;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.StoreException;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Removes outputs that the present files do not track any more, as after switching to another commit. Candidates are the places that
 * this program filled, and the outputs of the commits that HEAD was at lately, for another program may have filled those. Only what is
 * untouched and whole in the cache goes.
 */
final class Leftovers {
    private static final int COMMITS = 6;

    private final Project project;
    private final Pipeline pipeline;

    Leftovers(Project project, Pipeline pipeline) {
        this.project = project;
        this.pipeline = pipeline;
    }

    /** Removes them and gives their paths. */
    List<String> remove() {
        Set<String> used = new LinkedHashSet<>();
        pipeline.stages().values().forEach(stage -> stage.outputs().forEach(output -> used.add(output.path())));
        Map<String, ContentHash> candidates = new TreeMap<>(lately());
        Map<String, ContentHash> noted = project.trackedPlaces().all();
        candidates.putAll(noted);
        List<String> removed = new ArrayList<>();
        candidates.forEach((path, hash) -> {
            if (isUnused(path, used) && isUntouched(path, hash)) {
                boolean isDirectory = Files.isDirectory(project.resolve(path));
                project.checkout(project.hashName()).remove(project.resolve(path), false);
                removed.add(isDirectory ? path + "/" : path);
            }
        });
        if (!noted.isEmpty()) {
            Map<String, ContentHash> kept = new LinkedHashMap<>(noted);
            kept.keySet().removeIf(path -> !Files.exists(project.resolve(path), LinkOption.NOFOLLOW_LINKS));
            project.trackedPlaces().keep(kept);
        }
        return removed;
    }

    private static boolean isUnused(String path, Set<String> used) {
        return used.stream().noneMatch(other -> ProjectPath.isIn(path, other) || ProjectPath.isIn(other, path));
    }

    private boolean isUntouched(String path, ContentHash hash) {
        if (!Files.exists(project.resolve(path))
                || project.gitIfAny()
                        .map(git -> git.isTracked(project.resolve(path)))
                        .orElse(false)) {
            return false;
        }
        FileSnapshot now = project.snapshotter().snapshot(project.resolve(path), project.hashName());
        return now.contentHash().filter(hash::equals).isPresent()
                && CacheContent.isWhole(project.cache(project.hashName()), hash);
    }

    private Map<String, ContentHash> lately() {
        Map<String, ContentHash> found = new LinkedHashMap<>();
        for (ObjectId commit : commits()) {
            read(commit)
                    .ifPresent(then -> then.stages().forEach((address, stage) -> outputs(then, address, stage, found)));
        }
        return found;
    }

    /** A commit that cannot be read tells of no leftovers; the command is not about it. */
    private Optional<Pipeline> read(ObjectId commit) {
        try {
            return Optional.of(PipelineReader.read(project.revision(commit)));
        } catch (EngineException | StoreException e) {
            return Optional.empty();
        }
    }

    private static void outputs(Pipeline pipeline, StageAddress address, Stage stage, Map<String, ContentHash> found) {
        for (Output output : stage.outputs()) {
            pipeline.lock(address)
                    .flatMap((LockEntry entry) -> entry.output(output.declared()))
                    .map(PathState::hash)
                    .filter(hash -> output.cached())
                    .ifPresent(hash -> found.putIfAbsent(output.path(), hash));
        }
    }

    private Set<ObjectId> commits() {
        Set<ObjectId> commits = new LinkedHashSet<>();
        if (project.gitIfAny().isEmpty()) {
            return commits;
        }
        GitRepository git = project.gitIfAny().get();
        git.head().ifPresent(commits::add);
        git.reflog("HEAD").stream()
                .map(line -> line.id())
                .filter(id -> git.resolve(id.name()).isPresent())
                .limit(COMMITS)
                .forEach(commits::add);
        return commits;
    }
}
