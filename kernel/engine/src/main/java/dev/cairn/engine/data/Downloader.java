package dev.cairn.engine.data;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.source.SourceLocation;
import dev.cairn.engine.source.SourceRepository;
import dev.cairn.engine.source.SourceTree;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into other repositories and copies from them. Needs no project of its own. */
public final class Downloader {
    private final Environment environment;

    public Downloader(Environment environment) {
        this.environment = environment;
    }

    /**
     * Copies a file or directory of a repository.
     *
     * @param revision null for what is checked out
     * @param out where to, as typed; null for its own name
     */
    public void get(String url, String path, @Nullable String revision, @Nullable String out, boolean force) {
        String place = LocalPlace.of(environment.workingDirectory(), path, out, force);
        if (place.endsWith(".dvc") || ProjectPath.name(place).equals("dvc.yaml")) {
            throw new ExpectedFailureException(
                    "the given path is a DVC file, you must specify a data file or a directory", "");
        }
        SourceCache cache = new SourceCache();
        try (SourceRepository source = SourceRepository.open(environment, url)) {
            source.tree(revision)
                    .withOutputs(cache)
                    .copy(
                            ProjectPath.resolve("", path),
                            environment.workingDirectory().resolve(place),
                            cache);
        }
    }

    /** Where the repository keeps the content of a path that DVC tracks. */
    public String address(String url, String path, @Nullable String revision) {
        SourceCache cache = new SourceCache();
        try (SourceRepository source = SourceRepository.open(environment, url)) {
            SourceTree tree = source.tree(revision).withOutputs(cache);
            return tree.cachePath(ProjectPath.resolve("", path))
                    .orElseThrow(() -> new EngineException(
                            "'%s' is not a DVC-tracked file or directory in '%s'".formatted(path, url),
                            "`list --dvc-only %s` shows those there are.".formatted(url)))
                    .toString();
        }
    }

    /** Copies a file, a folder or a web address. */
    public void getUrl(String url, @Nullable String out, boolean force) throws InterruptedException {
        Path here = environment.workingDirectory();
        String place = LocalPlace.of(here, url, out, force);
        SourceLocation source = SourceLocation.of(here, url);
        if (!source.exists()) {
            throw new ExpectedFailureException("The path '%s' does not exist".formatted(url), "Check the spelling.");
        }
        source.copyTo(here.resolve(place));
    }

    /**
     * What is in a directory of a repository.
     *
     * @param path empty for the top
     */
    public List<SourceTree.Entry> list(
            String url, String path, @Nullable String revision, boolean recursive, boolean onlyTracked) {
        try (SourceRepository source = SourceRepository.open(environment, url)) {
            return source.tree(revision)
                    .withOutputs(new SourceCache())
                    .list(ProjectPath.resolve("", path), recursive, onlyTracked)
                    .orElseThrow(() -> new EngineException(
                            "[Errno 2] No such file or directory: '%s'".formatted(path),
                            "`list %s` shows what is there.".formatted(url)));
        }
    }
}
