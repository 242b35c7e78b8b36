package dev.cairn.engine.experiment;

import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which experiment a session records, for the session after it: a file in {@code .dvc/tmp} with the name of the ref. */
final class SessionMemory {
    private final Path file;

    SessionMemory(Project project) {
        this.file = project.temporaryDirectory().resolve("cairn/session");
    }

    Optional<ExperimentRef> experiment() {
        try {
            return Files.isRegularFile(file)
                    ? ExperimentRef.parse(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void remember(ExperimentRef experiment) {
        AtomicFiles.write(file, (experiment.refName() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void forget() {
        AtomicFiles.deleteRecursively(file);
    }
}
