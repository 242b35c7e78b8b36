package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Cairn and real DVC 2.58.2 play the same scenarios and leave the same behind: see {@code src/test/interop/README.md}. The
 * system property {@code interop} names the scenarios to play, where not all of {@code covered.txt} shall be.
 */
class InteropIT {
    private static final Path HARNESS = Path.of("src/test/interop");

    private final Built built = Built.fromSystemProperties();

    /** One comparison of the harness's report. */
    private record Row(
            String name, String mode, boolean passed, int comparisons, List<String> differences, List<String> notes) {
        DynamicTest toTest() {
            return dynamicTest(name + " (" + mode + ", " + comparisons + " comparisons)", () -> {
                if (!passed) {
                    fail(name + ", " + mode + ":\n  " + String.join("\n  ", differences) + notesBelow());
                }
            });
        }

        private String notesBelow() {
            return notes.isEmpty() ? "" : "\nWhat the steps said:\n  " + String.join("\n  ", notes);
        }
    }

    @TestFactory
    Stream<DynamicContainer> leavesTheSameBehindAsDvc() throws Exception {
        Covered covered = Covered.read(HARNESS.resolve("covered.txt"));
        List<Row> rows = new ArrayList<>();
        for (var group : covered.namesByModes(chosen()).entrySet()) {
            rows.addAll(play(group.getValue(), group.getKey()));
        }

        return rows.stream()
                .collect(Collectors.groupingBy(Row::name, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(scenario -> dynamicContainer(
                        scenario.getKey(), scenario.getValue().stream().map(Row::toTest)));
    }

    @Test
    void everyScenarioIsCoveredOrListedAsNotYetCovered() throws IOException {
        Covered covered = Covered.read(HARNESS.resolve("covered.txt"));

        Set<String> files;
        try (Stream<Path> scenarios = Files.list(HARNESS.resolve("scenarios"))) {
            files = scenarios
                    .map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(covered.all()).containsExactlyInAnyOrderElementsOf(files);
    }

    private List<Row> play(List<String> names, String modes) throws Exception {
        Path target = built.distribution().getParent();
        Path report = target.resolve("interop-report.json");
        Files.deleteIfExists(report);
        List<String> command = new ArrayList<>(List.of(
                built.dvcPython().toString(),
                HARNESS.resolve("interop.py").toString(),
                "--preload",
                "--subject",
                built.cairn().toString(),
                "--mode",
                modes,
                "--jobs",
                Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())),
                "--remember",
                target.resolve("interop-reference").toString(),
                "--work",
                target.resolve("interop").toString(),
                "--json",
                report.toString()));
        names.forEach(name ->
                command.add(HARNESS.resolve("scenarios").resolve(name + ".yaml").toString()));
        showProgress(new ProcessBuilder(command).redirectErrorStream(true).start());
        return new Gson().fromJson(Files.readString(report), new TypeToken<List<Row>>() {}.getType());
    }

    /** Shows the harness's lines as they come, through this process: the streams themselves belong to the build. */
    private static void showProgress(Process harness) throws IOException, InterruptedException {
        try (var lines = harness.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(System.out::println);
        }
        harness.waitFor();
    }

    private static Set<String> chosen() {
        String names = System.getProperty("interop", "");
        return names.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(names.split(",")));
    }
}
