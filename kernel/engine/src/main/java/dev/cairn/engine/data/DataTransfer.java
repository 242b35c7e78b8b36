package dev.cairn.engine.data;

import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.parallel.Parallel;
import dev.cairn.store.remote.LocalRemote;
import dev.cairn.store.remote.Remote;
import dev.cairn.store.remote.Transfer;
import dev.cairn.store.remote.TransferResult;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Copies cached outputs to a remote, and from there. */
public final class DataTransfer {
    private final Project project;
    private final String remoteName;
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
        this.remoteName = chosen.getKey();
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
    public record Transferred(int transferred, List<Missing> missing, List<String> failed) {
        Transferred plus(int more) {
            return new Transferred(transferred + more, missing, failed);
        }
    }

    /**
     * An object that is in neither place.
     *
     * @param path one of the paths that it is the content of; null when that is not known
     */
    public record Missing(String hash, @Nullable String path) {}

    /**
     * Copies what the remote has not.
     *
     * @param runs also the memory of runs, with the outputs that it names
     */
    public Transferred push(TransferScope scope, boolean runs) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Map<HashName, Set<ContentHash>> content = new EnumMap<>(HashName.class);
            List<Chosen> all = chosen(project, scope);
            for (Chosen chosen : all) {
                chosen.recorded()
                        .forEach(item -> content.computeIfAbsent(item.state().hashName(), n -> new LinkedHashSet<>())
                                .add(item.hash()));
            }
            return named(push(content, runs), all);
        }
    }

    /**
     * Copies what of the content the remote has not.
     *
     * @param runs also the memory of runs, with the outputs that it names
     */
    public Transferred push(Map<HashName, Set<ContentHash>> content, boolean runs) {
        if (!runs) {
            return push(content);
        }
        Map<HashName, Set<ContentHash>> wanted = new EnumMap<>(HashName.class);
        content.forEach((name, set) -> wanted.put(name, new LinkedHashSet<>(set)));
        RunCacheTransfer transfer = new RunCacheTransfer(project, remote(project.cache(project.hashName())));
        transfer.outputs().forEach((name, set) -> wanted.computeIfAbsent(name, n -> new LinkedHashSet<>())
                .addAll(set));
        return push(wanted).plus(transfer.push());
    }

    /**
     * Copies what the cache has not.
     *
     * @param runs also the memory of runs
     */
    public Transferred fetch(TransferScope scope, boolean runs) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Map<HashName, Set<ContentHash>> content = new EnumMap<>(HashName.class);
            List<Chosen> all = chosen(project, scope);
            for (Chosen chosen : all) {
                for (Recorded item : chosen.recorded()) {
                    content.computeIfAbsent(item.state().hashName(), n -> new LinkedHashSet<>())
                            .addAll(fetched(item));
                }
            }
            return named(fetch(content, runs), all);
        }
    }

    /** With the paths of what is missing. */
    private Transferred named(Transferred done, List<Chosen> all) {
        if (done.missing().isEmpty()) {
            return done;
        }
        Map<String, String> paths = new HashMap<>();
        for (Chosen chosen : all) {
            for (Recorded item : chosen.recorded()) {
                String path = item.output().path();
                paths.putIfAbsent(item.hash().value(), path);
                if (item.hash().isDirectory()) {
                    project.cache(item.state().hashName())
                            .manifest(item.hash())
                            .ifPresent(manifest -> manifest.entries()
                                    .forEach(entry ->
                                            paths.putIfAbsent(entry.hash().value(), path + "/" + entry.path())));
                }
            }
        }
        List<Missing> missing = done.missing().stream()
                .map(object -> new Missing(object.hash(), paths.get(object.hash())))
                .toList();
        return new Transferred(done.transferred(), missing, done.failed());
    }

    /**
     * Copies what of the content the cache has not.
     *
     * @param runs also the memory of runs
     */
    public Transferred fetch(Map<HashName, Set<ContentHash>> content, boolean runs) {
        int fetched = runs ? new RunCacheTransfer(project, remote(project.cache(project.hashName()))).fetch() : 0;
        return fetch(content).plus(fetched);
    }

    /** Copies the memory of runs that the cache has not. */
    void fetchRuns() {
        new RunCacheTransfer(project, remote(project.cache(project.hashName()))).fetch();
    }

    /** What of the stages' outputs is here, and what on the remote; by path, for directories each file too. */
    public SortedMap<String, RemoteState> compare(TransferScope scope) {
        SortedMap<String, RemoteState> states = new TreeMap<>();
        for (Chosen chosen : chosen(project, scope)) {
            for (Recorded item : chosen.recorded()) {
                SortedMap<String, RemoteState> found = new TreeMap<>();
                compare(
                        item.output().path(),
                        item.hash(),
                        project.cache(item.state().hashName()),
                        found);
                item.part().ifPresent(part -> found.keySet()
                        .removeIf(path -> !ProjectPath.isIn(path, part)
                                && !path.equals(item.output().path())));
                states.putAll(found);
            }
        }
        return states;
    }

    /** What is chosen of one revision. */
    private record Chosen(Pipeline pipeline, List<TargetResolver.Target> targets) {
        List<Recorded> recorded() {
            List<Recorded> found = new ArrayList<>();
            for (TargetResolver.Target target : targets) {
                for (StageAddress address : target.stages()) {
                    if (pipeline.stage(address).source() instanceof ImportSource.Repository) {
                        continue;
                    }
                    for (Output output : pipeline.stage(address).outputs()) {
                        Optional<PathState> state =
                                pipeline.lock(address).flatMap(entry -> entry.output(output.declared()));
                        ContentHash hash = state.map(PathState::hash).orElse(null);
                        boolean isMeant = target.path()
                                .map(path ->
                                        ProjectPath.isIn(path, output.path()) || ProjectPath.isIn(output.path(), path))
                                .orElse(true);
                        if (hash != null && output.cached() && output.push() && isMeant) {
                            Optional<String> part =
                                    target.path().filter(path -> !ProjectPath.isIn(output.path(), path));
                            found.add(new Recorded(output, state.get(), hash, part));
                        }
                    }
                }
            }
            return found;
        }
    }

    /** @param part the path in the output that is meant; empty for all of it */
    private record Recorded(Output output, PathState state, ContentHash hash, Optional<String> part) {}

    /** Targets that only the workspace knows are passed over in other revisions. */
    private static List<Chosen> chosen(Project project, TransferScope scope) {
        List<Chosen> chosen = new ArrayList<>();
        Pipeline present = PipelineReader.read(project.workspace());
        chosen.add(new Chosen(present, new TargetResolver(present, project).select(scope.selection())));
        for (ObjectId commit : project.gitIfAny().map(scope::revisions).orElse(Set.of())) {
            Pipeline then = PipelineReader.read(project.revision(commit));
            TargetResolver resolver = new TargetResolver(then, project);
            TargetSelection all = scope.selection();
            List<TargetSelection> each = all.targets().isEmpty()
                    ? List.of(all)
                    : all.targets().stream()
                            .map(name -> new TargetSelection(List.of(name), all.withDependencies(), all.recursive()))
                            .toList();
            for (TargetSelection one : each) {
                try {
                    chosen.add(new Chosen(then, resolver.select(one)));
                } catch (UnknownNameException e) {
                    chosen.add(new Chosen(then, List.of()));
                }
            }
        }
        return chosen;
    }

    /** The content to fetch: of a path in a directory only what is there. */
    private List<ContentHash> fetched(Recorded item) {
        if (item.part().isEmpty() || !item.hash().isDirectory()) {
            return List.of(item.hash());
        }
        ContentStore cache = project.cache(item.state().hashName());
        new Transfer(cache, remote(cache), jobs).downloadManifests(List.of(item.hash()));
        String inside = item.part().get().substring(item.output().path().length() + 1);
        return cache.manifest(item.hash()).stream()
                .flatMap(manifest -> manifest.entries().stream())
                .filter(entry -> ProjectPath.isIn(entry.path(), inside))
                .map(DirectoryManifest.Entry::hash)
                .toList();
    }

    private void compare(String path, ContentHash hash, ContentStore cache, Map<String, RemoteState> states) {
        Map<String, ContentHash> objects = new LinkedHashMap<>();
        objects.put(path, hash);
        if (hash.isDirectory()) {
            new Transfer(cache, remote(cache), jobs).downloadManifests(List.of(hash));
            cache.manifest(hash).ifPresent(manifest -> manifest.entries()
                    .forEach(entry -> objects.put(path + "/" + entry.path(), entry.hash())));
        }
        Set<ContentHash> absent = remote(cache).findMissing(objects.values());
        objects.forEach((name, object) -> {
            boolean isHere = cache.contains(object);
            boolean isThere = !absent.contains(object);
            if (isHere != isThere || !isHere) {
                states.put(name, isHere ? RemoteState.NEW : isThere ? RemoteState.DELETED : RemoteState.MISSING);
            }
        });
    }

    /** Where content is that is not in both places. */
    public enum RemoteState {
        /** In the cache, not on the remote. */
        NEW,
        /** On the remote, not in the cache. */
        DELETED,
        /** In neither. */
        MISSING
    }

    /** Takes manifests that the cache lacks from the default remote, as far as there is one and it has them. */
    public static void fetchManifests(Project project, HashName name, Set<ContentHash> hashes) {
        ContentStore cache = project.cache(name);
        List<ContentHash> absent = hashes.stream()
                .filter(hash -> hash.isDirectory() && !cache.contains(hash))
                .toList();
        if (!absent.isEmpty()) {
            ofDefaultRemote(project)
                    .ifPresent(transfer -> new Transfer(cache, transfer.remote(cache), 1).downloadManifests(absent));
        }
    }

    /** The default remote, when there is one and it is a folder. */
    static Optional<DataTransfer> ofDefaultRemote(Project project) {
        try {
            return Optional.of(new DataTransfer(project, Optional.empty(), 1));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** Sends what lies at the path straight to the remote; the cache stays as it is. */
    void upload(Path source, FileSnapshot snapshot) {
        Remote remote = remote(project.cache(project.hashName()));
        if (snapshot instanceof FileSnapshot.RegularFile file) {
            send(remote, file.hash(), source);
        } else if (snapshot instanceof FileSnapshot.Directory directory) {
            Parallel.map(directory.manifest().entries(), jobs, entry -> {
                send(remote, entry.hash(), source.resolve(entry.path()));
                return entry;
            });
            Path manifest = AtomicFiles.beside(project.temporaryDirectory().resolve("manifest"));
            try {
                AtomicFiles.write(manifest, directory.manifest().toBytes());
                send(remote, directory.hash(), manifest);
            } finally {
                AtomicFiles.deleteRecursively(manifest);
            }
        }
    }

    private static void send(Remote remote, ContentHash hash, Path file) {
        if (!remote.findMissing(List.of(hash)).isEmpty()) {
            remote.upload(hash, file);
        }
    }

    /** Whether the remote has the object. */
    boolean hasObject(HashName name, ContentHash hash) {
        return remote(project.cache(name)).findMissing(List.of(hash)).isEmpty();
    }

    /** The directory's manifest as the remote has it; the cache stays as it is. */
    private Optional<DirectoryManifest> manifest(HashName name, ContentHash hash) {
        Remote remote = remote(project.cache(name));
        if (!remote.findMissing(List.of(hash)).isEmpty()) {
            return Optional.empty();
        }
        Path copy = AtomicFiles.beside(project.temporaryDirectory().resolve("manifest"));
        try {
            remote.download(hash, copy);
            return Optional.of(DirectoryManifest.parse(Files.readAllBytes(copy)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + copy, e);
        } finally {
            AtomicFiles.deleteRecursively(copy);
        }
    }

    /** The remote's name in the configuration. */
    public String remoteName() {
        return remoteName;
    }

    /**
     * Whether {@code gc} can tell what is on the remote. As in DVC it finds nothing on one whose path leads over {@code ..}, which every
     * relative path does.
     */
    public boolean isCleaned() {
        return !remoteUrl.contains("/../");
    }

    /**
     * Removes from the remote all objects but those given and what directories among them hold; tells how many.
     *
     * @param dry only tell
     */
    public int keepOnly(Map<HashName, Set<ContentHash>> used, boolean dry) {
        int removed = 0;
        if (!isCleaned()) {
            return removed;
        }
        for (HashName name : HashName.values()) {
            ContentStore cache = project.cache(name);
            Remote remote = remote(cache);
            // What a directory holds is used too.
            new Transfer(cache, remote, jobs).downloadManifests(used.getOrDefault(name, Set.of()));
            Set<ContentHash> kept = new HashSet<>();
            used.getOrDefault(name, Set.of()).forEach(hash -> kept.addAll(CacheContent.objects(cache, hash)));
            for (ContentHash hash : remote.list()) {
                if (!kept.contains(hash)) {
                    removed++;
                    if (!dry) {
                        remote.delete(hash);
                    }
                }
            }
        }
        return removed;
    }

    /** Replaces directories by themselves and their files, and leaves out what the remote has. */
    public void withoutStored(Map<HashName, Set<ContentHash>> used) {
        used.replaceAll((name, hashes) -> {
            ContentStore cache = project.cache(name);
            Set<ContentHash> all = new LinkedHashSet<>();
            hashes.forEach(hash -> all.addAll(CacheContent.objects(cache, hash)));
            return new LinkedHashSet<>(remote(cache).findMissing(all));
        });
    }

    /** The directory's manifest, from the cache or else the default remote; nothing is stored. */
    static Optional<DirectoryManifest> findManifest(Project project, HashName name, ContentHash hash) {
        return project.cache(name).manifest(hash).or(() -> ofDefaultRemote(project)
                .flatMap(remote -> remote.manifest(name, hash)));
    }

    /** Copies content from a store of its own, a file or a whole directory. */
    void pushFrom(ContentStore store, ContentHash hash) {
        new Transfer(store, remote(store), jobs).upload(CacheContent.objects(store, hash));
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
        // DVC does not count what only says which files there are.
        int manifests = results.stream().mapToInt(TransferResult::manifests).sum();
        return total(results).plus(-manifests);
    }

    private Remote remote(ContentStore cache) {
        Path root = Path.of(remoteUrl.startsWith("file://") ? remoteUrl.substring("file://".length()) : remoteUrl)
                .normalize();
        return new LocalRemote(root, cache.layout());
    }

    private static Transferred total(List<TransferResult> results) {
        int count = 0;
        List<Missing> missing = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (TransferResult result : results) {
            count += result.transferred();
            result.missing().forEach(h -> missing.add(new Missing(h.value(), null)));
            result.failures().forEach(f -> failed.add(f.hash().value() + ": " + f.reason()));
        }
        return new Transferred(count, missing, failed);
    }

    /** Whether a remote has a part in the scope: what comes from another repository is brought from there. */
    public static boolean concerns(Project project, TransferScope scope) {
        return chosen(project, scope).stream()
                .anyMatch(chosen -> !chosen.recorded().isEmpty());
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
