package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.SessionCheckpoints.Request;
import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** What one checkpoint is made of, held as it was when the checkpoint was made, until it is recorded. */
public final class CapturedCheckpoint {
    private final Request request;
    private final ObjectId tree;
    private final Map<String, Path> outputs;
    private final long bytes;

    /**
     * @param tree of what Git keeps, without what the outputs' records say
     * @param outputs where the content of each is held, by its path relative to the root
     */
    CapturedCheckpoint(Request request, ObjectId tree, Map<String, Path> outputs, long bytes) {
        this.request = request;
        this.tree = tree;
        this.outputs = Map.copyOf(outputs);
        this.bytes = bytes;
    }

    Request request() {
        return request;
    }

    ObjectId tree() {
        return tree;
    }

    /** How much of the disk is held for it. */
    public long bytes() {
        return bytes;
    }

    /** Takes the outputs into the cache; gives the .dvc files that say so, by their paths. */
    Map<String, byte[]> store(Project project) {
        // Not the project's own memory of hashes: what is held goes away.
        Snapshotter snapshotter = new Snapshotter(project.ignoreRules(), HashMemo.inMemory());
        HashName hashName = project.hashName();
        Map<String, byte[]> files = new LinkedHashMap<>();
        outputs.forEach((path, held) -> {
            FileSnapshot snapshot = project.cache(hashName).take(held, snapshotter);
            snapshot.contentHash().ifPresent(hash -> project.trackedPlaces().note(path, hash));
            String file = path + ".dvc";
            PathState state = PathStates.of(ProjectPath.relativize(ProjectPath.parent(file), path), snapshot, hashName);
            files.put(
                    file,
                    DataFile.write(file, read(project.resolve(file)), state).getBytes(StandardCharsets.UTF_8));
        });
        release();
        return files;
    }

    /** Lets go of what is held, when it is not going to be recorded. */
    void release() {
        outputs.values().forEach(AtomicFiles::deleteRecursively);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
