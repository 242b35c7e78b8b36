package dev.cairn.engine.project;

import java.util.List;
import java.util.Optional;

/** The files of a project at one revision: the workspace, or the tree of a commit. Paths are relative to the root, with {@code /}. */
public interface RevisionFiles {
    /** The bytes of a regular file, or empty when there is none (a directory is none). */
    Optional<byte[]> read(String path);

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
}
