package dev.cairn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckpointTest {
    @TempDir
    Path root;

    @Test
    void outsideACheckpointStageNothingHappens() {
        Checkpoints checkpoints = new Host(Map.of("DVC_ROOT", root.toString()), () -> true).checkpoints();

        checkpoints.make();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void eachSignalIsAnEmptyFileThatIsAwaitedUntilItIsRemoved() throws Exception {
        try (var dvc = new SignalReader(root)) {
            Checkpoints checkpoints = stage(() -> true).checkpoints();

            checkpoints.make();
            checkpoints.make();
            checkpoints.make();

            assertThat(dvc.sizesSeen()).containsExactly(0L, 0L, 0L);
            assertThat(signalFile()).doesNotExist();
        }
    }

    @Test
    void checkpointsOfManyThreadsAreMadeOneAfterAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (var dvc = new SignalReader(root)) {
            Checkpoints checkpoints = stage(() -> true).checkpoints();

            List<Future<?>> made = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                made.add(threads.submit(checkpoints::make));
            }
            for (Future<?> one : made) {
                one.get();
            }

            assertThat(dvc.sizesSeen()).hasSize(16);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStageWhoseRunnerHasDiedStopsWaitingAndLeavesNoSignal() {
        Checkpoints checkpoints = stage(() -> false).checkpoints();

        assertThatThrownBy(checkpoints::make)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended")
                .hasMessageContaining(signalFile().toString());

        assertThat(signalFile()).doesNotExist();
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Checkpoints checkpoints = stage(() -> true).checkpoints();

        Thread.currentThread().interrupt();

        assertThatThrownBy(checkpoints::make).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aNotebooksRecorderTakesTheCheckpointsUntilItIsClosed() {
        Host host = new Host(Map.of(), () -> true);
        List<CheckpointRequest> outer = new ArrayList<>();
        List<CheckpointRequest> inner = new ArrayList<>();

        try (var installed = host.installRecorder(outer::add)) {
            assertThat(installed).isNotNull();
            try (var nested = host.installRecorder(inner::add)) {
                assertThat(nested).isNotNull();
                host.checkpoints().make();
            }
            host.checkpoints().make();
            host.checkpoints().make();
        }
        host.checkpoints().make();

        assertThat(inner).hasSize(1);
        assertThat(outer).hasSize(2);
    }

    @Test
    void trackedObjectsAreSavedBeforeTheCheckpointIsRecorded() {
        List<String> contents = new ArrayList<>();
        Host host = notebook(request -> {
            for (Path file : request.trackedFiles()) {
                contents.add(root.relativize(file) + "=" + read(file));
            }
        });
        int[] weight = {1};
        host.checkpoints().track("models/net.txt", path -> Files.writeString(path, "w" + weight[0]), path -> {});

        host.checkpoints().make();
        weight[0] = 2;
        host.checkpoints().make();

        assertThat(contents).containsExactly("models/net.txt=w1", "models/net.txt=w2");
        assertThat(root.resolve("models")).isDirectoryContaining("glob:**net.txt");
    }

    @Test
    void trackedObjectsAreRestoredFromTheFilesThatExist() {
        Host host = notebook(request -> {});
        List<String> loaded = new ArrayList<>();
        host.checkpoints()
                .track("a.txt", path -> Files.writeString(path, "a"), path -> loaded.add(Files.readString(path)));
        host.checkpoints().make();
        host.checkpoints()
                .track("b.txt", path -> Files.writeString(path, "b"), path -> loaded.add(Files.readString(path)));

        List<Path> files = host.checkpoints().restoreTracked();

        assertThat(loaded).containsExactly("a");
        assertThat(files).containsExactly(root.resolve("a.txt"));
    }

    @Test
    void anUntrackedObjectIsNotSaved() {
        Host host = notebook(request -> {});
        host.checkpoints().track("a.txt", path -> Files.writeString(path, "a"), path -> {});
        host.checkpoints().untrack("a.txt");

        host.checkpoints().make();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFailedSaveKeepsTheEarlierFileAndMakesNoCheckpoint() throws IOException {
        List<CheckpointRequest> recorded = new ArrayList<>();
        Host host = notebook(recorded::add);
        Files.writeString(root.resolve("net.bin"), "good");
        host.checkpoints()
                .track(
                        "net.bin",
                        path -> {
                            Files.writeString(path, "half");
                            throw new IOException("disk full");
                        },
                        path -> {});

        assertThatThrownBy(() -> host.checkpoints().make())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk full");

        assertThat(root.resolve("net.bin")).hasContent("good");
        assertThat(root.toFile().list()).containsExactly("net.bin");
        assertThat(recorded).isEmpty();
    }

    @Test
    void aTrackedDirectoryIsReplacedAsAWhole() throws IOException {
        Host host = notebook(request -> {});
        Files.createDirectories(root.resolve("net/old"));
        host.checkpoints()
                .track(
                        "net",
                        path -> Files.writeString(Files.createDirectory(path).resolve("new"), ""),
                        path -> {});

        host.checkpoints().make();

        assertThat(root.resolve("net").toFile().list()).containsExactly("new");
    }

    @Test
    void theProcessThatStartedThisOneIsTakenForItsRunner() {
        SignalFile.Runner runner = SignalFile.Runner.ofThisProcess();

        assertThat(runner.isAlive()).isTrue();
    }

    private Host stage(SignalFile.Runner runner) {
        return new Host(Map.of("DVC_CHECKPOINT", "1", "DVC_ROOT", root.toString()), runner);
    }

    private Host notebook(Checkpoint.Recorder recorder) {
        Host host = new Host(Map.of(), () -> true);
        host.installRecorder(new Checkpoint.Recorder() {
            @Override
            public void record(CheckpointRequest request) {
                recorder.record(request);
            }

            @Override
            public Path directory() {
                return root;
            }
        });
        return host;
    }

    private Path signalFile() {
        return root.resolve(".dvc/tmp/DVC_CHECKPOINT");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays DVC's part: answers every signal by removing the file. */
    private static final class SignalReader implements AutoCloseable {
        private final List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
        private final WatchService watch;

        SignalReader(Path root) throws IOException {
            Path directory = Files.createDirectories(root.resolve(".dvc/tmp"));
            watch = directory.getFileSystem().newWatchService();
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            new Thread(() -> answer(directory.resolve("DVC_CHECKPOINT")), "signal reader").start();
        }

        List<Long> sizesSeen() {
            return List.copyOf(sizes);
        }

        private void answer(Path signal) {
            try {
                while (true) {
                    var key = watch.take();
                    key.pollEvents();
                    if (Files.exists(signal)) {
                        sizes.add(Files.size(signal));
                        Files.delete(signal);
                    }
                    key.reset();
                }
            } catch (ClosedWatchServiceException | InterruptedException e) {
                return; // the test is over
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            watch.close();
        }
    }
}
