package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.yaml.YamlReader;

/** A file of the run cache: the body of one stage of a dvc.lock. */
public final class RunCacheEntry {
    private RunCacheEntry() {}

    /**
     * Reads the file.
     *
     * @throws InvalidFileException when it is not such an entry
     */
    public static LockEntry parse(String path, byte[] content) {
        return LockFile.entryOf(path, YamlReader.readMapping(path, content).value());
    }
}
