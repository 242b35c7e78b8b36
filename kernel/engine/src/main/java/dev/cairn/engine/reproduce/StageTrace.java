package dev.cairn.engine.reproduce;

import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers on disk which processes the commands of stages are, so that one that outlived this program, which was killed, can be ended
 * before it writes into the files of the next run. Safe for several threads.
 */
public final class StageTrace {
    /** In the environment of a stage's command and of all that it starts. */
    static final String VARIABLE = "CAIRN_STAGE";

    private static final long PATIENCE_SECONDS = 10;

    private final Path file;
    private final Map<String, String> running = new LinkedHashMap<>();

    /** @param temporary the project's {@code .dvc/tmp} */
    public StageTrace(Path temporary) {
        this.file = temporary.resolve("exps/stage.pid");
    }

    /**
     * Remembers that a command is about to start.
     *
     * @return the value of {@link #VARIABLE} for its environment, by which it is found wherever the system shows that
     */
    synchronized String starting() {
        String mark = UUID.randomUUID().toString();
        running.put(mark, mark);
        write();
        return mark;
    }

    synchronized void started(String mark, ProcessHandle process) {
        running.put(mark, mark + " " + process.pid() + " " + startOf(process));
        write();
    }

    synchronized void ended(String mark) {
        running.remove(mark);
        write();
    }

    /** This program's id, then a line a command. */
    private void write() {
        if (!running.isEmpty()) {
            String text = ProcessHandle.current().pid() + "\n" + String.join("\n", running.values()) + "\n";
            AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** Whether commands are remembered whose program was killed. */
    public boolean isOrphaned() {
        List<String> lines = lines();
        return !lines.isEmpty()
                && ProcessHandle.of(Long.parseLong(lines.get(0))).isEmpty();
    }

    /**
     * Ends the processes that are remembered, and what they started, if they are still there. Nothing else of this project may be running.
     *
     * @return whether there were any
     */
    public synchronized boolean endOrphans() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        lines().stream().skip(1).map(line -> line.split(" ", -1)).forEach(words -> {
            all.addAll(marked(words[0]));
            if (words.length == 3) {
                ProcessHandle.of(Long.parseLong(words[1]))
                        .filter(process -> startOf(process) == Long.parseLong(words[2]))
                        .ifPresent(process -> {
                            process.descendants().forEach(all::add);
                            all.add(process);
                        });
            }
        });
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
        running.clear();
        write();
        return !all.isEmpty();
    }

    /** Where the system shows environments, all that the command has started, also what left its parents. */
    private static List<ProcessHandle> marked(String mark) {
        String wanted = VARIABLE + "=" + mark;
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(wanted))
                .toList();
    }

    private static List<String> environment(ProcessHandle process) {
        try {
            Path file = Path.of("/proc/" + process.pid() + "/environ");
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
        } catch (IOException e) {
            return List.of(); // another user's, or it has ended, or the system shows none
        }
    }

    private static void awaitEnd(Set<ProcessHandle> tree) {
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

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Ids are used again: the process must have begun when the remembered one did. */
    private static long startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }
}
