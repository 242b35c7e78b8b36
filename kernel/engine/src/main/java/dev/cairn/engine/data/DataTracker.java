package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Globs;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes files and directories under control: their content into the cache, a .dvc file beside them, a line into .gitignore. */
public final class DataTracker {
    private final Project project;

    public DataTracker(Project project) {
        this.project = project;
    }

    /**
     * What was added.
     *
     * @param files the .dvc files, relative to the root
     * @param gitPaths files to be committed to Git that were written, relative to the root
     */
    public record Added(List<String> files, Set<String> gitPaths) {}

    /**
     * Adds data. A path in a tracked directory changes that directory's record in just this place.
     *
     * @throws ExpectedFailureException when a target does not exist, or cannot be tracked
     */
    public Added add(AddRequest request) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            List<Task> tasks = new ArrayList<>();
            for (String target : expand(request)) {
                tasks.add(task(target, request, pipeline));
            }
            Set<String> files = new LinkedHashSet<>();
            Set<String> gitPaths = new TreeSet<>();
            for (Task task : tasks) {
                files.add(add(task, request, gitPaths));
            }
            return new Added(List.copyOf(files), gitPaths);
        }
    }

    /**
     * One thing to add.
     *
     * @param source where the content is
     * @param path what is tracked, relative to the root
     * @param known what tracks it already; null for nothing
     */
    private record Task(Path source, String path, @Nullable Stage known, String file) {}

    private Set<String> expand(AddRequest request) {
        Path directory = project.environment().workingDirectory();
        Set<String> expanded = new LinkedHashSet<>();
        for (String target : request.targets()) {
            List<String> matches = request.glob() ? Globs.expand(directory, target) : List.of(target);
            for (String match : matches) {
                Path path = directory.resolve(match);
                if (request.recursive() && Files.isDirectory(path)) {
                    filesIn(path)
                            .forEach(file -> expanded.add(
                                    directory.relativize(file).toString().replace('\\', '/')));
                } else {
                    expanded.add(match);
                }
            }
        }
        if (expanded.isEmpty() && request.glob()) {
            throw new ExpectedFailureException(
                    "Glob ['%s'] has no matches.".formatted(String.join("', '", request.targets())), "");
        }
        return expanded;
    }

    private List<Path> filesIn(Path directory) {
        try (Stream<Path> all = Files.walk(directory.normalize())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !isInternal(file))
                    .filter(file -> !project.ignoreRules().isIgnored(file, false))
                    .filter(file ->
                            !project.gitIfAny().map(git -> git.isTracked(file)).orElse(false))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static boolean isInternal(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".dvc")
                || Set.of("dvc.yaml", "dvc.lock", ".gitignore", ".dvcignore").contains(name);
    }

    private Task task(String target, AddRequest request, Pipeline pipeline) {
        Path source = project.environment().workingDirectory().resolve(target).normalize();
        String path = destination(target, source, request.place());
        if (path.endsWith(".dvc")) {
            throw new ExpectedFailureException(
                    "DVC file '%s' cannot be an output.".formatted(target), "Add the data itself.");
        }
        Optional<Stage> known = pipeline.producerOf(path);
        if (known.isPresent()) {
            if (!known.get().isData()) {
                throw new ConflictException(
                        "cannot update '%s': not a data source".formatted(target),
                        "The stage '%s' makes it.".formatted(known.get().address()));
            }
            boolean isWhole = known.get().output(path).isPresent();
            if (isWhole && !request.place().isElsewhere()) {
                requireThere(target, source);
            }
            return new Task(source, path, known.get(), known.get().address().file());
        }
        if (request.place().isElsewhere()) {
            requireReadable(target, source);
        } else {
            requireThere(target, source);
            requireFree(target, path, pipeline);
        }
        return new Task(source, path, null, dataFile(path, request));
    }

    private String dataFile(String path, AddRequest request) {
        String file = request.file();
        if (file == null) {
            return path + ".dvc";
        }
        if (!file.endsWith(".dvc")) {
            throw new ExpectedFailureException(
                    "bad DVC file name '%s'. DVC files should be named 'dvc.yaml' or have a '.dvc' suffix (e.g. '%s.dvc')."
                            .formatted(file, file),
                    "");
        }
        return project.relativize(file);
    }

    private String destination(String target, Path source, AddRequest.Place place) {
        String name = String.valueOf(source.getFileName());
        if (place.out() == null) {
            return place.remote().isPresent() ? project.relativize(name) : inProject(target);
        }
        String out = place.out();
        Path there = project.environment().workingDirectory().resolve(out).normalize();
        if (Files.isDirectory(there)) {
            out = out + "/" + name;
            there = there.resolve(name);
        }
        if (Files.exists(there) && !place.force()) {
            throw new ExpectedFailureException(
                    "The file '%s' already exists locally. \nTo override it, re-run with '--force'.".formatted(out),
                    "");
        }
        return project.relativize(out);
    }

    private String inProject(String target) {
        Path path = project.environment().workingDirectory().resolve(target).normalize();
        if (!path.startsWith(project.root())) {
            throw new ExpectedFailureException(
                    "Output(s) outside of DVC project: %s. See <https://dvc.org/doc/user-guide/managing-external-data> for more info."
                            .formatted(target),
                    "-o NAME takes a copy into the project.");
        }
        for (Path at = Files.isDirectory(path) ? path : path.getParent();
                at != null && !at.equals(project.root());
                at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                throw new ExpectedFailureException(
                        "Cannot add files inside symlinked directories to DVC. See <https://dvc.org/doc/user-guide/troubleshooting#add-symlink> for more information.",
                        "");
            }
        }
        return project.relativize(target);
    }

    private static void requireReadable(String target, Path source) {
        if (!Files.exists(source)) {
            throw new ExpectedFailureException("[Errno 2] No such file or directory: '%s'".formatted(target), "");
        }
    }

    private void requireThere(String target, Path file) {
        if (!Files.exists(file)) {
            throw new ExpectedFailureException(
                    "output '%s' does not exist: [Errno 2] No such file or directory: '%s'".formatted(target, file),
                    "Check the spelling and the directory you are in.");
        }
        if (project.ignoreRules().isIgnored(file, Files.isDirectory(file))) {
            throw new ExpectedFailureException(
                    "Path '%s' is ignored by\n.dvcignore".formatted(file), "Remove the pattern from .dvcignore.");
        }
        if (project.gitIfAny().map(git -> git.isTracked(file)).orElse(false)) {
            throw new ExpectedFailureException(
                    """
                     output '%s' is already tracked by SCM (e.g. Git).
                        You can remove it from Git, then add to DVC.
                            To stop tracking from Git:
                                git rm -r --cached '%s'
                                git commit -m "stop tracking %s"
                    """
                            .formatted(target, target, target),
                    "");
        }
    }

    private void requireFree(String target, String path, Pipeline pipeline) {
        for (Stage stage : pipeline.stages().values()) {
            for (Output output : stage.outputs()) {
                if (ProjectPath.isIn(output.path(), path)) {
                    String inner = ProjectPath.relativize(project.relativize("."), output.path());
                    throw new ConflictException(
                            ("Cannot add '%s', because it is overlapping with other DVC tracked output: '%s'.\n"
                                            + "To include '%s' in '%s', run 'dvc remove %s' and then 'dvc add %s'")
                                    .formatted(target, inner, inner, target, stage.address(), target),
                            "");
                }
            }
        }
    }

    private String add(Task task, AddRequest request, Set<String> gitPaths) {
        Stage known = task.known();
        PathState state;
        String tracked = task.path();
        if (known != null && known.output(task.path()).isEmpty()) {
            tracked = known.outputs().get(0).path();
            state = part(task, known, tracked, request.commit());
            new GitIgnoreEditor(project).ignore(tracked).ifPresent(gitPaths::add);
        } else {
            state = whole(task, request, gitPaths);
        }
        String old = project.workspace()
                .read(task.file())
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse(null);
        String text = DataFile.write(task.file(), old, state);
        AtomicFiles.write(
                project.resolve(task.file()),
                DataFile.bytes(DataFile.annotate(task.file(), text, request.annotations())));
        gitPaths.add(task.file());
        return task.file();
    }

    private PathState whole(Task task, AddRequest request, Set<String> gitPaths) {
        HashName hashName = project.hashName();
        Path file = project.resolve(task.path());
        String declared = ProjectPath.relativize(ProjectPath.parent(task.file()), task.path());
        if (request.place().remote().isPresent()) {
            FileSnapshot snapshot = project.snapshotter().snapshot(task.source(), hashName);
            request.place().remote().get().upload(task.source(), snapshot);
            return PathStates.of(declared, snapshot, hashName);
        }
        FileSnapshot snapshot = request.commit()
                ? project.cache(hashName).take(task.source(), project.snapshotter())
                : project.snapshotter().snapshot(task.source(), hashName);
        if (request.place().isElsewhere()) {
            ContentHash hash = snapshot.contentHash().orElseThrow();
            boolean executable = snapshot instanceof FileSnapshot.RegularFile regular && regular.executable();
            project.checkout(hashName).restore(file, hash, executable, true);
        } else if (request.commit()) {
            project.checkout(hashName).relink(file, snapshot);
        }
        if (request.commit()) {
            snapshot.contentHash().ifPresent(hash -> project.trackedPlaces().note(task.path(), hash));
        }
        new GitIgnoreEditor(project).ignore(task.path()).ifPresent(gitPaths::add);
        return PathStates.of(declared, snapshot, hashName);
    }

    /** The record of a tracked directory in which one path is as it is now, and the rest as it was. */
    private PathState part(Task task, Stage known, String directory, boolean commit) {
        PathState before = PipelineReader.read(project.workspace())
                .lock(known.address())
                .flatMap(
                        (LockEntry entry) -> entry.output(known.outputs().get(0).declared()))
                .orElseThrow(() -> new IllegalStateException("a .dvc file has its record"));
        ContentHash hash = before.hash();
        HashName hashName = before.hashName();
        if (hash == null || !hash.isDirectory()) {
            throw new ExpectedFailureException(
                    "Cannot modify '%s' which is being tracked as a file".formatted(directory), "");
        }
        Map<String, ContentHash> files = DataTransfer.findManifest(project, hashName, hash)
                .map(DirectoryManifest::byPath)
                .map(LinkedHashMap::new)
                .orElseThrow(() -> new EngineException(
                        "could not read '%s'".formatted(hash.value()), "`fetch` gets it from a remote that has it."));
        String inside = task.path().substring(directory.length() + 1);
        boolean wasThere = files.keySet().removeIf(path -> ProjectPath.isIn(path, inside));
        FileSnapshot now = commit
                ? takeIfThere(task.source(), hashName)
                : project.snapshotter().snapshot(task.source(), hashName);
        long added = 0;
        if (now instanceof FileSnapshot.RegularFile file) {
            files.put(inside, file.hash());
            added = file.size();
        } else if (now instanceof FileSnapshot.Directory folder) {
            folder.manifest().entries().forEach(entry -> files.put(inside + "/" + entry.path(), entry.hash()));
            added = folder.size();
        } else if (!wasThere) {
            throw new ExpectedFailureException(
                    "[Errno 2] No such file or directory: '%s'"
                            .formatted(ProjectPath.relativize(project.relativize("."), task.path())),
                    "");
        }
        DirectoryManifest manifest = new DirectoryManifest(files.entrySet().stream()
                .map(entry -> new DirectoryManifest.Entry(entry.getKey(), entry.getValue()))
                .toList());
        if (commit) {
            project.cache(hashName).putBytes(manifest.hash(), manifest.toBytes());
            if (!(now instanceof FileSnapshot.Missing)) {
                project.checkout(hashName).relink(task.source(), now);
            }
            project.trackedPlaces().note(directory, manifest.hash());
        }
        Long size = before.size();
        Long newSize = now instanceof FileSnapshot.Missing
                ? null
                : !wasThere && size != null && size > 0
                        ? Long.valueOf(size + added)
                        : manifest.hash().equals(hash) ? size : null;
        return new PathState(
                before.path(),
                manifest.hash(),
                hashName,
                newSize,
                manifest.entries().size(),
                false);
    }

    private FileSnapshot takeIfThere(Path source, HashName hashName) {
        return Files.exists(source)
                ? project.cache(hashName).take(source, project.snapshotter())
                : new FileSnapshot.Missing();
    }
}
