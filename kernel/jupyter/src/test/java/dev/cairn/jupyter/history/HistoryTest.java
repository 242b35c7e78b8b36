package dev.cairn.jupyter.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void tailReachesBackIntoEarlierSessions() {
        session("a", "b");
        session("c");

        History history = session("d");

        assertThat(history.tail(3)).extracting(HistoryEntry::source).containsExactly("b", "c", "d");
        assertThat(history.tail(3)).extracting(HistoryEntry::session).containsExactly(1, 2, 3);
        assertThat(history.tail(10)).hasSize(4);
    }

    @Test
    void rangeTakesSessionsByNumberAndBackwards() {
        session("a", "b");
        session("c");
        History history = session("d", "e", "f");

        assertThat(sources(history.range(0, 1, 3))).containsExactly("d", "e");
        assertThat(sources(history.range(3, 2, Integer.MAX_VALUE))).containsExactly("e", "f");
        assertThat(sources(history.range(0, -2, Integer.MAX_VALUE))).containsExactly("e", "f");
        assertThat(sources(history.range(-1, 0, Integer.MAX_VALUE))).containsExactly("c");
        assertThat(sources(history.range(-2, 0, 2))).containsExactly("a");
        assertThat(history.range(-3, 0, 2)).isEmpty();
        assertThat(history.range(99, 0, 2)).isEmpty();
    }

    @Test
    void relativeSessionsAreCountedBeforeTheFirstCellToo() {
        session("a");

        History history = session();

        assertThat(sources(history.range(-1, 0, 10))).containsExactly("a");
        assertThat(history.range(0, 0, 10)).isEmpty();
    }

    @Test
    void searchTakesPatternsAndOnlyTheLastOfEqualCells() {
        session("int a = 1;", "a + 1");
        History history = session("a + 1", "b\n+ 1");

        assertThat(sources(history.search("*+ 1", 10, false))).containsExactly("a + 1", "a + 1", "b\n+ 1");
        assertThat(history.search("*+ 1", 10, true))
                .extracting(HistoryEntry::session, HistoryEntry::source)
                .containsExactly(tuple(2, "a + 1"), tuple(2, "b\n+ 1"));
        assertThat(sources(history.search("a ? 1", 1, false))).containsExactly("a + 1");
        assertThat(history.search("(.*", 1, false)).isEmpty();
    }

    @Test
    void outputIsKeptWithItsCell() {
        History earlier = session("6 * 7");
        earlier.addOutput(1, "42");
        earlier.addOutput(2, "of no cell");

        assertThat(session("1").tail(2)).extracting(HistoryEntry::output).containsExactly("42", null);
    }

    @Test
    void kernelsThatRunAtTheSameTimeKeepTheirOwnSessions() {
        var first = new History(archive());
        var second = new History(archive());

        first.add(1, "a");
        second.add(1, "b");
        first.add(2, "c");

        assertThat(sources(new History(archive()).tail(9))).containsExactly("a", "c", "b");
        assertThat(sources(second.range(0, 0, 9))).containsExactly("b");
        assertThat(sources(first.range(0, 0, 9))).containsExactly("a", "c");
    }

    @Test
    void filesAreTheOwnersAlone() throws Exception {
        session("secret");

        Path file = directory.resolve("history/session-1.jsonl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void sessionWithoutCellsLeavesNoFile() {
        session();

        assertThat(directory.resolve("history")).doesNotExist();
    }

    @Test
    void linesThatWereCutOffAreSkipped() throws Exception {
        session("a");
        Files.writeString(directory.resolve("history/session-1.jsonl"), "{\"cell\":2,\"sou", StandardOpenOption.APPEND);

        assertThat(sources(session("b").tail(9))).containsExactly("a", "b");
    }

    @Test
    void oldestSessionsGoWhenThereAreTooMany() throws Exception {
        Path place = Files.createDirectories(directory.resolve("history"));
        for (int i = 1; i <= 1_000; i++) {
            Files.createFile(place.resolve("session-" + i + ".jsonl"));
        }

        session("a");

        assertThat(place.resolve("session-1.jsonl")).doesNotExist();
        assertThat(place.resolve("session-2.jsonl")).exists();
        assertThat(place.resolve("session-1001.jsonl")).exists();
    }

    @Test
    void cellBeyondTheSessionsSizeIsKnownInThisSessionOnly() {
        History history = session("x".repeat(5 << 20), "small");

        assertThat(history.tail(9)).hasSize(2);
        assertThat(sources(session("b").tail(9))).containsExactly("small", "b");
    }

    @Test
    void directoryThatCannotBeMadeIsToldOnceAndCellsAreRememberedAllTheSame() throws Exception {
        Files.writeString(directory.resolve("history"), "a file");

        History history = session("a", "b");

        assertThat(sources(history.tail(9))).containsExactly("a", "b");
        assertThat(warnings).hasSize(1).first().asString().contains("not remembered");
    }

    @Test
    void placeComesFromTheEnvironment() {
        assertThat(HistoryDirectory.ofEnvironment(Map.of(), warnings::add).others())
                .isEmpty();
        keep(Map.of("XDG_DATA_HOME", directory + "/data", "HOME", directory + "/home"));
        keep(Map.of("HOME", directory + "/home"));
        keep(Map.of("HOME", directory + "/home", "CAIRN_HISTORY", directory + "/own"));
        keep(Map.of("HOME", directory + "/off", "CAIRN_HISTORY", "off"));

        assertThat(directory.resolve("data/cairn/history/session-1.jsonl")).exists();
        assertThat(directory.resolve("home/.local/share/cairn/history/session-1.jsonl"))
                .exists();
        assertThat(directory.resolve("own/session-1.jsonl")).exists();
        assertThat(directory.resolve("off")).doesNotExist();
    }

    private void keep(Map<String, String> environment) {
        new History(HistoryDirectory.ofEnvironment(environment, warnings::add)).add(1, "a");
    }

    private History session(String... cells) {
        var history = new History(archive());
        for (int i = 0; i < cells.length; i++) {
            history.add(i + 1, cells[i]);
        }
        return history;
    }

    private HistoryArchive archive() {
        return new HistoryDirectory(directory.resolve("history"), warnings::add);
    }

    private static List<String> sources(List<HistoryEntry> entries) {
        return entries.stream().map(HistoryEntry::source).toList();
    }
}
