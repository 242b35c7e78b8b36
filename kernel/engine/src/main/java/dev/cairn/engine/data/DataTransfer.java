package dev.cairn.engine.data;

import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.remote.LocalRemote;
import dev.cairn.store.remote.Remote;
import dev.cairn.store.remote.Transfer;
import dev.cairn.store.remote.TransferResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Copies cached outputs to a remote, and from there. */
public final class DataTransfer {
    private final Project project;
    private final String remoteUrl;
    private final int jobs;

    /**
     * For one remote.
     *
     * @param remote name of it; empty for the default
     * @param jobs how many copies at a time
     * @throws ConfigException when there is none, or it is of a kind that is not served
     */
    public DataTransfer(Project project, Optional<String> remote, int jobs) {
        this.project = project;
        Map.Entry<String, String> chosen = project.config().remote(remote);
        this.remoteUrl = chosen.getValue();
        this.jobs = jobs;
        if (remoteUrl.contains("://") && !remoteUrl.startsWith("file://")) {
            throw new ConfigException(
                    "remote '%s' (%s): only folders are served as remotes so far".formatted(chosen.getKey(), remoteUrl),
                    "Add one with `remote add -d NAME /path/to/folder`.");
        }
    }

    /**
     * What was copied.
     *
     * @param transferred number of objects, directories' manifests among them
     * @param missing objects that are neither in the cache nor on the remote
     * @param failed objects that could not be copied, with the reason
     */
    public record Transferred(int transferred, List<String> missing, List<String> failed) {}

    /** Copies what the remote has not. */
    public Transferred push(List<String> targets) {
        try (ProjectLock lock = new ProjectLock(project)) {
            return push(hashes(PipelineReader.read(project.workspace()), targets));
        }
    }

    /** Copies what the cache has not. */
    public Transferred fetch(List<String> targets) {
        try (ProjectLock lock = new ProjectLock(project)) {
            return fetch(hashes(PipelineReader.read(project.workspace()), targets));
        }
    }

    /** Copies what of the pipelines the remote has not. */
    public Transferred push(Map<HashName, Set<ContentHash>> hashes) {
        List<TransferResult> results = new ArrayList<>();
        hashes.forEach((name, set) -> {
            ContentStore cache = project.cache(name);
            Set<ContentHash> objects = new LinkedHashSet<>();
            set.forEach(hash -> objects.addAll(CacheContent.objects(cache, hash)));
            results.add(new Transfer(cache, remote(cache), jobs).upload(objects));
        });
        return total(results);
    }

    /** Copies what of the given content the cache has not: manifests first, since they name the rest. */
    public Transferred fetch(Map<HashName, Set<ContentHash>> hashes) {
        List<TransferResult> results = new ArrayList<>();
        hashes.forEach((name, set) -> {
            ContentStore cache = project.cache(name);
            Transfer transfer = new Transfer(cache, remote(cache), jobs);
            List<ContentHash> directories = set.stream()
                    .filter(h -> h.isDirectory() && !cache.contains(h))
                    .toList();
            if (!directories.isEmpty()) {
                results.add(transfer.download(directories));
            }
            Set<ContentHash> objects = new LinkedHashSet<>();
            set.forEach(hash -> objects.addAll(CacheContent.objects(cache, hash)));
            objects.removeIf(cache::contains);
            objects.removeAll(directories);
            if (!objects.isEmpty()) {
                results.add(transfer.download(objects));
            }
        });
        return total(results);
    }

    private Remote remote(ContentStore cache) {
        Path root = Path.of(remoteUrl.startsWith("file://") ? remoteUrl.substring("file://".length()) : remoteUrl)
                .normalize();
        return new LocalRemote(root, cache.layout());
    }

    private static Transferred total(List<TransferResult> results) {
        int count = 0;
        List<String> missing = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (TransferResult result : results) {
            count += result.transferred();
            result.missing().forEach(h -> missing.add(h.value()));
            result.failures().forEach(f -> failed.add(f.hash().value() + ": " + f.reason()));
        }
        return new Transferred(count, missing, failed);
    }

    private Map<HashName, Set<ContentHash>> hashes(Pipeline pipeline, List<String> targets) {
        Set<StageAddress> chosen = new TargetResolver(pipeline, project.relativize(".")).resolveAll(targets);
        return hashes(pipeline, chosen);
    }

    /** The content of the stages' cached outputs that is meant for remotes. */
    public static Map<HashName, Set<ContentHash>> hashes(Pipeline pipeline, Set<StageAddress> stages) {
        Map<HashName, Set<ContentHash>> out = new EnumMap<>(HashName.class);
        for (StageAddress address : stages) {
            Stage stage = pipeline.stage(address);
            Optional<LockEntry> entry = pipeline.lock(address);
            for (Output output : stage.outputs()) {
                PathState state =
                        entry.flatMap(e -> e.output(output.declared())).orElse(null);
                if (state != null && state.hash() != null && output.cached() && output.push()) {
                    out.computeIfAbsent(state.hashName(), n -> new LinkedHashSet<>())
                            .add(state.hash());
                }
            }
        }
        return out;
    }
}
