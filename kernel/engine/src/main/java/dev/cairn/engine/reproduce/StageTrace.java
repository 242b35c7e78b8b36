package dev.cairn.engine.reproduce;

import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Remembers on disk which processes the commands of stages are, so that one that outlived this program, which was killed, can be ended
 * before it writes into the files of the next run. Safe for several threads.
 */
public final class StageTrace {
    private static final long PATIENCE_SECONDS = 10;

    private final Path file;
    private final Map<Long, Long> running = new LinkedHashMap<>();

    /** @param temporary the project's {@code .dvc/tmp} */
    public StageTrace(Path temporary) {
        this.file = temporary.resolve("exps/stage.pid");
    }

    synchronized void started(ProcessHandle process) {
        running.put(process.pid(), startOf(process));
        write();
    }

    synchronized void ended(ProcessHandle process) {
        running.remove(process.pid());
        write();
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        running.forEach(
                (pid, start) -> text.append(pid).append(' ').append(start).append('\n'));
        if (!running.isEmpty()) {
            AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /**
     * Ends the processes that are remembered, and what they started, if they are still there. Nothing else of this project may be running.
     *
     * @return whether there were any
     */
    public synchronized boolean endOrphans() {
        List<ProcessHandle> orphans = orphans();
        List<ProcessHandle> tree = orphans.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(tree);
        running.clear();
        write();
        return !orphans.isEmpty();
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
    private List<ProcessHandle> orphans() {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(words -> words.length == 2)
                    .flatMap(words -> ProcessHandle.of(Long.parseLong(words[0]))
                            .filter(process -> startOf(process) == Long.parseLong(words[1]))
                            .stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
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
