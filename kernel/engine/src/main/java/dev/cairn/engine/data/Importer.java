package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.pipeline.Command;
import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.OutputCommitter;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.source.SourceLocation;
import dev.cairn.engine.source.SourceRepository;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes data from elsewhere under control, together with where it came from, so that it can be brought up to date. */
public final class Importer {
    private final Project project;
    private final RunListener listener;

    public Importer(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
    }

    /**
     * What was written.
     *
     * @param file the .dvc file, relative to the root
     * @param gitPaths files to be committed to Git that were written, relative to the root
     */
    public record Imported(String file, Set<String> gitPaths) {}

    /**
     * Imports data.
     *
     * @param remote for {@link ImportRequest.Extent#TO_REMOTE}: where to; null otherwise
     * @throws EngineException when the data is not there, or something is in its place; no .dvc file was written then
     */
    public Imported run(ImportRequest request, @Nullable DataTransfer remote) throws InterruptedException {
        try (ProjectLock lock = new ProjectLock(project)) {
            Path here = project.environment().workingDirectory();
            String asked = request.path() == null ? request.url() : request.path();
            String out = project.relativize(LocalPlace.of(here, asked, request.out(), request.force()));
            String file = request.file() == null ? out + ".dvc" : project.relativize(request.file());
            requireFree(out, file);
            String directory = ProjectPath.parent(out);
            Stage stage = stage(file, out, directory, source(request, directory));
            Set<String> gitPaths = new TreeSet<>(Set.of(file));
            String fileDirectory = ProjectPath.parent(file);
            String workingDirectory = ProjectPath.relativize(fileDirectory, directory);
            Result result = result(request, stage, remote, gitPaths);
            String text = DataFile.writeImport(
                    file,
                    null,
                    workingDirectory.equals(".") ? null : workingDirectory,
                    true,
                    result.source(),
                    result.output(),
                    request.annotations(),
                    request.extent() != ImportRequest.Extent.NO_EXEC);
            AtomicFiles.write(project.resolve(file), text.getBytes(StandardCharsets.UTF_8));
            return new Imported(file, gitPaths);
        }
    }

    /** The source as it is now, and the output. */
    record Result(ImportSource source, PathState output) {}

    private Result result(ImportRequest request, Stage stage, @Nullable DataTransfer remote, Set<String> gitPaths)
            throws InterruptedException {
        PathState unknown = PathState.unknown(stage.outputs().get(0).declared());
        ImportSource source = java.util.Objects.requireNonNull(stage.source());
        switch (request.extent()) {
            case NO_EXEC -> {
                ignore(stage, gitPaths);
                return new Result(source, unknown);
            }
            case NO_DOWNLOAD -> {
                announce(stage);
                ImportSource now = current(stage, source, false);
                ignore(stage, gitPaths);
                return new Result(now, unknown);
            }
            case TO_REMOTE -> {
                ImportSource now = current(stage, source, false);
                PathState sent = new RemoteImport(project).send(stage, java.util.Objects.requireNonNull(remote));
                ignore(stage, gitPaths);
                return new Result(now, sent);
            }
            case WHOLE -> {
                return download(stage, false, gitPaths);
            }
        }
        throw new IllegalStateException("every extent is handled");
    }

    private void ignore(Stage stage, Set<String> gitPaths) {
        new GitIgnoreEditor(project).ignore(stage.outputs().get(0).path()).ifPresent(gitPaths::add);
    }

    private void announce(Stage stage) {
        Path out = project.resolve(stage.outputs().get(0).path());
        listener.message("Importing '%s' -> '%s'"
                .formatted(
                        java.util.Objects.requireNonNull(stage.source()).describe(),
                        project.environment().workingDirectory().relativize(out)));
    }

    private ImportSource source(ImportRequest request, String directory) {
        String path = request.path();
        if (path != null) {
            return new ImportSource.Repository(path, request.url(), request.revision(), null);
        }
        String url = request.url();
        Path here = project.environment().workingDirectory();
        boolean isWeb = url.contains("://");
        Path file = isWeb ? here : here.resolve(url).normalize();
        boolean isInside = !isWeb && Files.exists(file) && file.startsWith(project.root());
        String written = isInside ? ProjectPath.relativize(directory, project.relativize(url)) : url;
        if (isInside
                && ProjectPath.isIn(project.relativize(url), "")
                && project.relativize(url).equals(ProjectPath.resolve(directory, ProjectPath.name(url)))
                && request.out() == null) {
            throw new ExpectedFailureException(
                    "'%s' is specified as an output and as a dependency.".formatted(url), "Name another output.");
        }
        return new ImportSource.Location(written, PathState.unknown(written), null);
    }

    private static Stage stage(String file, String out, String directory, ImportSource source) {
        String name = ProjectPath.name(out);
        Output output = new Output(name, out, Output.Kind.OUTPUT, true, false, false, true, null, null);
        return new Stage(
                new StageAddress(file, ""),
                Command.NONE,
                directory,
                List.of(),
                List.of(output),
                true,
                false,
                null,
                source);
    }

    private void requireFree(String out, String file) {
        PipelineReader.read(project.workspace()).stages().values().stream()
                .filter(stage -> !stage.address().file().equals(file))
                .forEach(stage -> stage.outputs().forEach(output -> {
                    boolean isSame = output.path().equals(out);
                    if (isSame || ProjectPath.isIn(out, output.path()) || ProjectPath.isIn(output.path(), out)) {
                        throw new ConflictException(
                                "output '%s' is already specified in stage: '%s'.".formatted(out, stage.address()),
                                "Choose another place with -o.");
                    }
                }));
    }

    /**
     * What the source is now.
     *
     * @param anew whether to look for a newer commit where one is written down already
     */
    ImportSource current(Stage stage, ImportSource source, boolean anew) throws InterruptedException {
        if (source instanceof ImportSource.Location location) {
            return SourceLocation.of(project, stage.workingDirectory(), location)
                    .state(location.path(), project.hashName())
                    .orElseThrow(() -> missing(stage, location));
        }
        ImportSource.Repository repository = (ImportSource.Repository) source;
        if (repository.lockedRevision() != null && !anew) {
            return repository;
        }
        try (SourceRepository opened = SourceRepository.open(project.environment(), repository.url())) {
            return repository.at(repository.revision(), opened.commit(repository.revision()));
        }
    }

    private static EngineException missing(Stage stage, ImportSource.Location location) {
        return new ExpectedFailureException(
                "dependency '%s' does not exist".formatted(location.path()),
                "A relative path starts from the directory of %s.".formatted(stage.address()));
    }

    /**
     * Brings the data and takes it into the cache.
     *
     * @param isUpdate whether the source names a commit whose content is wanted, rather than what is there now
     */
    Result download(Stage stage, boolean isUpdate, Set<String> gitPaths) throws InterruptedException {
        announce(stage);
        ImportSource source = java.util.Objects.requireNonNull(stage.source());
        Output output = stage.outputs().get(0);
        Path target = project.resolve(output.path());
        ImportSource now = source;
        if (source instanceof ImportSource.Repository repository) {
            now = copy(repository, isUpdate, target);
        } else if (source instanceof ImportSource.Location location) {
            now = current(stage, source, false);
            SourceLocation.of(project, stage.workingDirectory(), location).copyTo(target);
        }
        PathState state = new OutputCommitter(project)
                .commit(stage, OutputCommitter.Mode.STORE, gitPaths)
                .outputs()
                .get(0);
        return new Result(now, state);
    }

    /** Copies out of a repository: its workspace when no revision was asked for, as DVC does. */
    ImportSource.Repository copy(ImportSource.Repository source, boolean isUpdate, Path target) {
        SourceCache cache = new SourceCache();
        try (SourceRepository opened = SourceRepository.open(project.environment(), source.url())) {
            String commit = isUpdate && source.lockedRevision() != null
                    ? source.lockedRevision()
                    : opened.commit(source.revision());
            String wanted = isUpdate ? commit : source.revision();
            opened.tree(wanted).withOutputs(cache).copy(ProjectPath.resolve("", source.path()), target, cache);
            return source.at(source.revision(), commit);
        }
    }

    /** Writes an import anew, keeping comments and what is not known here. */
    void rewrite(Stage stage, Result result, boolean isLocked) {
        String file = stage.address().file();
        String old = project.workspace()
                .read(file)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(null);
        String directory = ProjectPath.relativize(ProjectPath.parent(file), stage.workingDirectory());
        String text = DataFile.writeImport(
                file,
                old,
                directory.equals(".") ? null : directory,
                stage.frozen(),
                result.source(),
                result.output(),
                Map.of(),
                isLocked);
        AtomicFiles.write(project.resolve(file), text.getBytes(StandardCharsets.UTF_8));
    }
}
