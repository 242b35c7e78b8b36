package dev.cairn.engine.project;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The files of a project at one revision: the workspace, or the tree of a commit. Paths are relative to the root, with {@code /}. */
public interface RevisionFiles {
    /** The bytes of a regular file, or empty when there is none (a directory is none). */
    Optional<byte[]> read(String path);

    /** Whether {@link #read} finds a file. */
    default boolean isFile(String path) {
        return read(path).isPresent();
    }

    /** Whether there is a file or directory at the path. */
    boolean exists(String path);

    /** The regular files below a directory, at any depth, sorted; empty when it does not exist. */
    List<String> list(String directory);

    /** Every {@code dvc.yaml} and {@code *.dvc} file that {@code .dvcignore} does not hide, sorted. */
    List<String> pipelineFiles();

    /** How this project writes maps in commands. */
    default ParsingOptions parsing() {
        return ParsingOptions.DEFAULT;
    }

    /**
     * What a reader makes of these files. Where values are kept, as those of a project are, one that was made before is given again as
     * long as everything that the reader looked at is the same; so it must be immutable, and depend on nothing else.
     *
     * @param path what is read: tells values of one type apart
     * @param reader takes all it needs from the files that it is given
     */
    default <T> T derive(Class<T> type, String path, Function<RevisionFiles, T> reader) {
        return reader.apply(this);
    }
}
