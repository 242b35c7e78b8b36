package dev.cairn.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The file by which a stage asks for a checkpoint: the stage creates it, the program that runs the pipeline removes it when the checkpoint
 * is recorded.
 */
record SignalFile(Path path, SignalFile.Runner runner) {
    // File watching takes longer than a whole checkpoint on some systems (and polls by the second on macOS); looking
    // costs microseconds.
    private static final Duration FIRST_PAUSE = Duration.ofNanos(200_000);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(5);

    /** The program that started this process and answers its signals. */
    @FunctionalInterface
    interface Runner {
        // The runner starts a stage's command through a shell, which stays in between when the command is more than one
        // program.
        Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "fish", "cmd.exe", "powershell.exe", "env");

        boolean isAlive();

        static Runner ofThisProcess() {
            Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
            while (ancestor.filter(Runner::isShell)
                    .flatMap(ProcessHandle::parent)
                    .isPresent()) {
                ancestor = ancestor.flatMap(ProcessHandle::parent);
            }
            return ancestor.<Runner>map(process -> process::isAlive).orElse(() -> true);
        }

        private static boolean isShell(ProcessHandle process) {
            return process.info()
                    .command()
                    .map(command -> Path.of(command).getFileName().toString())
                    .filter(SHELLS::contains)
                    .isPresent();
        }
    }

    void signalAndWait() throws IOException, InterruptedException {
        Files.createDirectories(path.getParent());
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.force(true);
        }

        long pause = FIRST_PAUSE.toNanos();
        while (Files.exists(path)) {
            if (!runner.isAlive()) {
                Files.deleteIfExists(path);
                throw new IllegalStateException(
                        "The program that ran this pipeline has ended, so checkpoint signal '" + path
                                + "' would never be answered. The checkpoints before this one are kept; run the experiment again to go on.");
            }
            Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
            pause = Math.min(pause + pause / 4, LONGEST_PAUSE.toNanos());
        }
    }
}
