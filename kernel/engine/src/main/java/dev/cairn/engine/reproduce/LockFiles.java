package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.LockFile;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The lock files and .dvc files of the workspace while a command changes them. */
public final class LockFiles {
    private final Project project;
    private final RunListener listener;
    private final Map<String, LockFile> open = new HashMap<>();

    public LockFiles(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
    }

    /** What is recorded of a stage in dvc.lock. */
    public Optional<LockEntry> entry(StageAddress stage) {
        return Optional.ofNullable(
                file(LockFile.pathFor(stage.file())).entries().get(stage.name()));
    }

    private LockFile file(String path) {
        return open.computeIfAbsent(path, p -> LockFile.read(p, project.workspace()));
    }

    /**
     * Records what a stage now is, in dvc.lock or its .dvc file.
     *
     * @return the path of the file when it was written, relative to the root; empty when nothing changed
     */
    public Optional<String> record(StageAddress stage, LockEntry entry) {
        if (stage.isDataFile()) {
            return recordData(stage, entry);
        }
        String path = LockFile.pathFor(stage.file());
        LockFile before = file(path);
        LockFile after = before.with(stage.name(), entry);
        boolean created = !Files.exists(project.resolve(path));
        if (after == before && !created) {
            return Optional.empty();
        }
        write(path, after.text());
        open.put(path, after);
        listener.lockFileWritten(path, created);
        return Optional.of(path);
    }

    /** Forgets a stage. */
    public Optional<String> forget(StageAddress stage) {
        String path = LockFile.pathFor(stage.file());
        LockFile before = file(path);
        LockFile after = before.without(stage.name());
        if (after == before) {
            return Optional.empty();
        }
        open.put(path, after);
        if (after.isEmpty()) {
            try {
                Files.deleteIfExists(project.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + path, e);
            }
        } else {
            write(path, after.text());
        }
        return Optional.of(path);
    }

    private Optional<String> recordData(StageAddress stage, LockEntry entry) {
        String old = project.workspace()
                .read(stage.file())
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse(null);
        String text = DataFile.write(stage.file(), old, entry.outputs().get(0));
        if (text.equals(old)) {
            return Optional.empty();
        }
        write(stage.file(), text);
        return Optional.of(stage.file());
    }

    private void write(String path, String text) {
        AtomicFiles.write(project.resolve(path), text.getBytes(StandardCharsets.UTF_8));
    }
}
