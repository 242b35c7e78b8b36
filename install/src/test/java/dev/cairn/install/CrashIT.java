package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills Cairn with SIGKILL, at random moments and before each operation by which it changes files, and looks whether anything is lost and
 * the next command goes on. {@code -Dcrash.random=200 -Dcrash.places=1000} kills more often than the build does.
 */
class CrashIT {
    private static final int RANDOM = Integer.getInteger("crash.random", 2);
    private static final int PLACES = Integer.getInteger("crash.places", 5);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    @TempDir
    Path directory;

    private CrashProject template;

    /** What is to hold after a kill. */
    @FunctionalInterface
    private interface Check {
        void holds(CrashProject project) throws Exception;
    }

    @BeforeEach
    void makeProject() throws Exception {
        template = CrashProject.make(
                directory.resolve("template"), Built.fromSystemProperties().cairn());
    }

    @Test
    void aRunWithCheckpoints() throws Exception {
        List<String> command = List.of("exp", "run", "-S", "lr=0.2", "-n", "killed");
        kill(command, project -> {
            Map<String, String> belongings = template.belongings();
            assertThat(project.belongings()).isEqualTo(belongings);
            project.cairn("exp", "show");
            assertThat(project.belongings()).isEqualTo(belongings);
            project.requireAgreement();

            List<String> chain = project.chain("killed");
            for (String revision : chain) {
                project.requireWhole(revision);
            }
            for (String revision : project.acknowledged()) {
                assertThat(chain).anyMatch(commit -> commit.startsWith(revision));
                project.cairn("exp", "apply", revision);
                project.requireAgreement();
                assertThat(project.belongings()).isEqualTo(belongings);
            }
            project.cairn("exp", "run", "-S", "lr=0.4");
            project.requireAgreement();
        });
    }

    @Test
    void theQueue() throws Exception {
        template.cairn("exp", "run", "--queue", "-S", "lr=0.3", "-n", "one");
        template.cairn("exp", "run", "--queue", "-S", "lr=0.4", "-n", "two");
        kill(List.of("exp", "run", "--run-all"), project -> {
            Map<String, String> belongings = template.belongings();
            assertThat(project.belongings()).isEqualTo(belongings);
            assertThat(project.cairn("queue", "status")).doesNotContain("Running");
            project.cairn("exp", "run", "--run-all");
            for (String name : List.of("one", "two")) {
                List<String> chain = project.chain(name);
                assertThat(chain).as(name).isNotEmpty();
                for (String revision : chain) {
                    project.requireWhole(revision);
                }
            }
            assertThat(project.cairn("queue", "status")).doesNotContain("Running", "Queued", "Failed");
            assertThat(project.belongings()).isEqualTo(belongings);
        });
    }

    @Test
    void anApply() throws Exception {
        String checkpoint = template.chain("first").get(2);
        kill(List.of("exp", "apply", checkpoint), project -> {
            project.cairn("exp", "show");
            project.requireAgreement();
            Map<String, String> belongings = template.belongings();
            if (project.read("notes.txt").equals("committed\n")) { // it was applied
                for (String file : List.of("notes.txt", "staged.txt")) {
                    assertThat(project.sh("git log -g --format=%H refs/exps/apply/stash | xargs -I{} git show {}:"
                                    + file + " 2>&1 || true"))
                            .contains(belongings.remove(file).strip());
                }
            }
            assertThat(project.belongings()).containsAllEntriesOf(belongings);
            project.cairn("exp", "apply", checkpoint);
            project.requireAgreement();
            assertThat(project.sh("cat metrics.json"))
                    .isEqualTo(project.sh("git show " + checkpoint + ":metrics.json"));
        });
    }

    @Test
    void aPushOfExperiments() throws Exception {
        kill(List.of("exp", "push", "origin", "first"), project -> {
            assertThat(project.belongings()).isEqualTo(template.belongings());
            project.requireSoundStorage();
            project.sh("find .. -name '.*.tmp' -exec touch -d '2 hours ago' {} +");
            project.cairn("exp", "push", "origin", "first");
            project.requireSoundStorage();
            assertThat(project.sh("git ls-remote origin 'refs/exps/*' | cut -f1"))
                    .isEqualTo(project.chain("first").get(0));
            assertThat(project.sh("find ../storage -name '*.tmp'")).isEmpty();
        });
    }

    @Test
    void aPushOfData() throws Exception {
        kill(List.of("push"), project -> {
            assertThat(project.belongings()).isEqualTo(template.belongings());
            project.requireSoundStorage();
            assertThat(project.cairn("push")).isNotEmpty();
            project.requireSoundStorage();
            assertThat(project.cairn("status", "-c")).contains("in sync");
        });
    }

    private void kill(List<String> command, Check check) throws Exception {
        List<String> places = FileOperations.rehearse(
                template.copyTo(directory.resolve("rehearsal")).starting(command));
        List<Kill> kills = new ArrayList<>(atPlaces(places));
        kills.addAll(atRandom(duration(command)));
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < kills.size(); i++) {
            CrashProject project = template.copyTo(directory.resolve("kill" + i));
            try {
                kills.get(i).strike(project, command);
                project.requireSound();
                check.holds(project);
                project.requireSound();
                project.requireTidy();
                project.delete();
            } catch (AssertionError e) {
                problems.add("killed " + kills.get(i) + ": " + e.getMessage());
            } finally {
                project.endStragglers();
            }
        }

        assertThat(problems)
                .as("%d kills of %s, seed %d", kills.size(), command, SEED)
                .isEmpty();
    }

    private long duration(List<String> command) throws Exception {
        Process process = template.copyTo(directory.resolve("duration")).start("", command);
        long start = System.nanoTime();
        assertThat(process.waitFor()).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** When a process is killed. */
    private interface Kill {
        void strike(CrashProject project, List<String> command) throws Exception;
    }

    private record AtPlace(String place, int occurrence) implements Kill {
        @Override
        public void strike(CrashProject project, List<String> command) throws Exception {
            FileOperations.killBefore(project.starting(command), place, occurrence);
        }
    }

    private record AtRandom(long millis) implements Kill {
        @Override
        public void strike(CrashProject project, List<String> command) throws IOException, InterruptedException {
            Process process = project.start("", command);
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
    }

    /** The first time and the last that each place is come to; when there are too many, some of them, at equal distances. */
    private static List<AtPlace> atPlaces(List<String> places) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        places.forEach(place -> counts.merge(place, 1, Integer::sum));
        LinkedHashSet<AtPlace> all = new LinkedHashSet<>();
        counts.forEach((place, count) -> {
            all.add(new AtPlace(place, 1));
            all.add(new AtPlace(place, count));
        });
        List<AtPlace> list = List.copyOf(all);
        List<AtPlace> chosen = new ArrayList<>();
        int wanted = Math.min(PLACES, list.size());
        for (int i = 0; i < wanted; i++) {
            chosen.add(list.get((int) ((long) i * list.size() / wanted)));
        }
        return chosen;
    }

    private static List<AtRandom> atRandom(long duration) {
        Random random = new Random(SEED);
        List<AtRandom> kills = new ArrayList<>();
        for (int i = 0; i < RANDOM; i++) {
            kills.add(new AtRandom(duration / 5 + (long) (random.nextDouble() * duration)));
        }
        return kills;
    }
}
