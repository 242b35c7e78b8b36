package dev.cairn.engine.project;

import dev.cairn.store.git.TreeFiles;
import java.util.List;
import java.util.Optional;

/** The files of a commit. */
public final class TreeRevision implements RevisionFiles {
    private final TreeFiles files;
    private final String prefix;
    private final ParsingOptions parsing;

    /**
     * @param prefix where the project's root is in the repository: empty, or {@code sub/dir/}
     */
    public TreeRevision(TreeFiles files, String prefix) {
        this(files, prefix, ParsingOptions.DEFAULT);
    }

    TreeRevision(TreeFiles files, String prefix, ParsingOptions parsing) {
        this.files = files;
        this.prefix = prefix;
        this.parsing = parsing;
    }

    @Override
    public ParsingOptions parsing() {
        return parsing;
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(prefix + path);
    }

    @Override
    public boolean exists(String path) {
        return files.exists(prefix + path);
    }

    @Override
    public List<String> list(String directory) {
        return files.list(prefix + directory).stream()
                .map(p -> p.substring(prefix.length()))
                .toList();
    }

    @Override
    public List<String> pipelineFiles() {
        return files.list().stream()
                .filter(p -> p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()))
                .filter(WorkspaceRevision::isPipelineFile)
                .sorted()
                .toList();
    }
}
