package dev.cairn.engine.pipeline;

/**
 * Where a stage is declared and what it is called there, as in {@code models/dvc.yaml:train} or {@code data.csv.dvc}.
 *
 * @param file path of the dvc.yaml or .dvc file relative to the project's root, with {@code /}
 * @param name the stage's name in dvc.yaml ({@code name@key} for one made by foreach); empty for a .dvc file
 */
public record StageAddress(String file, String name) implements Comparable<StageAddress> {
    public static final String PIPELINE_FILE = "dvc.yaml";

    public StageAddress {
        if (file.isBlank()) {
            throw new IllegalArgumentException("file is blank");
        }
    }

    /** The stage of that name in the dvc.yaml at the project's root. */
    public static StageAddress inRoot(String name) {
        return new StageAddress(PIPELINE_FILE, name);
    }

    /** Whether this is a .dvc file: data without a command. */
    public boolean isDataFile() {
        return name.isEmpty();
    }

    /** The directory that holds the file, relative to the root; empty for the root. */
    public String directory() {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    @Override
    public int compareTo(StageAddress other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : name.compareTo(other.name);
    }

    /** As DVC prints and takes it: {@code train}, {@code models/dvc.yaml:train}, {@code data.csv.dvc}. */
    @Override
    public String toString() {
        if (name.isEmpty()) {
            return file;
        }
        return file.equals(PIPELINE_FILE) ? name : file + ":" + name;
    }
}
