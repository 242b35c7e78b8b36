package dev.cairn.engine.reproduce;

import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Remembers on disk which process a stage's command is, so that one that outlived this program, which was killed, can be ended before it
 * writes into the files of the next run.
 */
public final class StageTrace {
    private static final long PATIENCE_SECONDS = 10;

    private final Path file;

    /** @param temporary the project's {@code .dvc/tmp} */
    public StageTrace(Path temporary) {
        this.file = temporary.resolve("exps/stage.pid");
    }

    void started(ProcessHandle process) {
        String text = process.pid() + " " + startOf(process) + "\n";
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void ended() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /**
     * Ends the process that is remembered, and what it started, if it is still there. Nothing else of this project may be running.
     *
     * @return whether there was one
     */
    public boolean endOrphan() {
        Optional<ProcessHandle> orphan = orphan();
        orphan.ifPresent(process -> {
            List<ProcessHandle> tree =
                    Stream.concat(process.descendants(), Stream.of(process)).toList();
            tree.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(tree);
        });
        ended();
        return orphan.isPresent();
    }

    private static void awaitEnd(List<ProcessHandle> tree) {
        try {
            CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It was told to end and does not: the run goes on as if it were gone.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ids are used again: the process must have begun when the remembered one did. */
    private Optional<ProcessHandle> orphan() {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return words.length == 2
                    ? ProcessHandle.of(Long.parseLong(words[0])).filter(p -> startOf(p) == Long.parseLong(words[1]))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }
}
