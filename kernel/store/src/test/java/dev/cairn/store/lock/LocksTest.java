package dev.cairn.store.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import dev.cairn.store.lock.RwLockFile.Hold;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
    @TempDir
    Path dir;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void aLockExcludesOthersOfThisProcessUntilItIsClosed() throws IOException {
        Path file = dir.resolve("tmp/lock");
        FlockLock first = FlockLock.acquire(file, Duration.ZERO);

        assertThat(file).hasContent(" " + ProcessHandle.current().pid() + "\ncairn\n");
        assertThatThrownBy(() -> FlockLock.acquire(file, Duration.ofMillis(20)))
                .isInstanceOfSatisfying(LockHeldException.class, e -> assertThat(e.pid())
                        .contains(ProcessHandle.current().pid()))
                .hasMessageContaining("Unable to acquire lock");
        first.close();
        first.close();
        FlockLock.acquire(file, Duration.ZERO).close();
        assertThat(file).exists();
    }

    @Test
    void aLockTellsWhetherItsProcessWasKilled() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path file = dir.resolve("lock");
        FlockLock.acquire(file, Duration.ZERO).close();
        assertThat(FlockLock.wasAbandoned(file)).isFalse();

        Files.writeString(file, " " + ended.pid() + "\ncairn\n");
        assertThat(FlockLock.wasAbandoned(file)).isTrue();

        // DVC leaves its lock file like this when all went well.
        Files.writeString(file, " " + ended.pid() + "\n");
        assertThat(FlockLock.wasAbandoned(file)).isFalse();
    }

    @Test
    void aLockAndTheProgramFlockExcludeEachOther() throws Exception {
        Path file = Files.writeString(dir.resolve("lock"), "");
        try (FlockLock held = FlockLock.acquire(file, Duration.ZERO)) {
            assertThat(held).isNotNull();
            assertThat(flock("-n", file.toString(), "true").waitFor()).isEqualTo(1);
        }
        assertThat(flock("-n", file.toString(), "true").waitFor()).isZero();

        Process holder = flock(file.toString(), "sh", "-c", "echo held; cat");
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> FlockLock.acquire(file, Duration.ZERO)).isInstanceOf(LockHeldException.class);
            holder.getOutputStream().close();
            FlockLock.acquire(file, Duration.ofSeconds(30)).close();
        } finally {
            holder.destroy();
        }
    }

    @Test
    void childrenDoNotInheritTheLock() throws Exception {
        Path file = dir.resolve("lock");
        FlockLock lock = FlockLock.acquire(file, Duration.ZERO);
        Process child = new ProcessBuilder("cat").start();
        try {
            lock.close();
            FlockLock.acquire(file, Duration.ZERO).close();
        } finally {
            child.destroy();
        }
    }

    @Test
    void whatAStageHoldsIsWrittenAsDvcWritesIt() {
        RwLockFile locks = locks();
        long pid = ProcessHandle.current().pid();
        String self = "{\"pid\": " + pid + ", \"cmd\": \"cairn repro s\"}";

        Hold hold =
                locks.acquire("cairn repro s", Set.of(dir.resolve("in"), dir.resolve("o")), Set.of(dir.resolve("o")));

        assertThat(dir.resolve("rwlock"))
                .hasContent("{\"write\": {\"" + dir.resolve("o") + "\": " + self + "}, \"read\": {\""
                        + dir.resolve("in") + "\": [" + self + "], \"" + dir.resolve("o") + "\": [" + self + "]}}");
        hold.close();
        assertThat(dir.resolve("rwlock")).hasContent("{}");
    }

    @Test
    void readersShareAndWritersDoNot() {
        RwLockFile locks = locks();
        try (Hold reader = locks.acquire("one", Set.of(dir.resolve("data")), Set.of())) {
            assertThat(reader).isNotNull();
            locks.acquire("two", Set.of(dir.resolve("data/sub")), Set.of()).close();
            assertThatThrownBy(() -> locks.acquire("two", Set.of(), Set.of(dir.resolve("data/sub"))))
                    .isInstanceOf(BusyPathException.class)
                    .hasMessage("'" + dir.resolve("data/sub") + "' is busy, it is being blocked by:\n  (PID "
                            + ProcessHandle.current().pid() + "): one");
            locks.acquire("two", Set.of(), Set.of(dir.resolve("data2"))).close();
        }
        try (Hold writer = locks.acquire("one", Set.of(), Set.of(dir.resolve("out/model")))) {
            assertThat(writer).isNotNull();
            assertThatThrownBy(() -> locks.acquire("two", Set.of(dir.resolve("out")), Set.of()))
                    .isInstanceOf(BusyPathException.class);
            locks.acquire("one", Set.of(dir.resolve("out")), Set.of()).close();
        }
    }

    @Test
    void entriesOfDeadProcessesAreDroppedWithAWarning() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(
                dir.resolve("rwlock"),
                "{\"write\": {\"" + dir.resolve("in") + "\": {\"pid\": " + dead.pid()
                        + ", \"cmd\": \"dvc repro s\"}}}");

        locks().acquire("mine", Set.of(dir.resolve("in")), Set.of()).close();

        assertThat(warnings).singleElement().asString().contains("dvc repro s", Long.toString(dead.pid()));
        assertThat(dir.resolve("rwlock")).hasContent("{}");
    }

    @Test
    void anEmptyFileHoldsNothingAndADamagedOneIsNamed() throws IOException {
        Files.writeString(dir.resolve("rwlock"), "");
        locks().acquire("mine", Set.of(dir.resolve("in")), Set.of()).close();

        Files.writeString(dir.resolve("rwlock"), "{");
        assertThatThrownBy(() -> locks().acquire("mine", Set.of(), Set.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("JSON structure is corrupted");
        Files.writeString(dir.resolve("rwlock"), "[]");
        assertThatThrownBy(() -> locks().acquire("mine", Set.of(), Set.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format error");
    }

    private RwLockFile locks() {
        return new RwLockFile(dir, warnings::add);
    }

    private static Process flock(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("flock"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
