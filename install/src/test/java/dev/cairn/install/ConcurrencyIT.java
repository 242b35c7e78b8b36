package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cairn and real DVC work on one repository, four processes at a time: each ends, waits or is refused in plain words, and nothing is
 * damaged. {@code -Dconcurrency.seconds=300} lets them work longer than the build does.
 */
class ConcurrencyIT {
    private static final long SECONDS = Long.getLong("concurrency.seconds", 25);
    private static final long SEED = Long.getLong("concurrency.seed", System.nanoTime());

    /** What a command may say that came while another one worked. */
    private static final Pattern REFUSAL = Pattern.compile(
            "Unable to acquire lock|running in this workspace|is busy, it is being blocked|changed while it was being saved");

    private static final List<List<String>> OF_CAIRN = List.of(
            List.of("exp", "run", "-S", "lr=LR"),
            List.of("exp", "run", "-S", "lr=LR", "--temp"),
            List.of("exp", "save", "--force", "-I", "metrics.json"),
            List.of("exp", "show", "--json"),
            List.of("repro", "report/dvc.yaml", "--force"),
            List.of("status"),
            List.of("gc", "--workspace", "--all-experiments", "--force"));

    /** DVC's own {@code exp run} moves HEAD and the stash while it works, and is no rival for that reason. */
    private static final List<List<String>> OF_DVC = List.of(
            List.of("repro", "report/dvc.yaml", "--force"),
            List.of("status"),
            List.of("exp", "show", "--json"),
            List.of("exp", "list"),
            List.of("gc", "--workspace", "--all-experiments", "--force"));

    @TempDir
    Path directory;

    private final Built built = Built.fromSystemProperties();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private CrashProject project;

    @Test
    void fourAtATimeDamageNothing() throws Exception {
        project = CrashProject.make(directory.resolve("shared"), built.cairn());
        // Stages with checkpoints are not for `repro`.
        project.write(
                "report/dvc.yaml",
                "stages:\n  count:\n    cmd: wc -c < ../train.sh > count.txt\n    outs:\n    - count.txt\n");
        // What is to be saved must be there, whichever command comes first.
        project.cairn("repro", "report/dvc.yaml");
        String head = project.belongings().get("HEAD");
        ExecutorService workers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> counts = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; i < 4; i++) {
            int number = i;
            counts.add(workers.submit(() -> work(number, end)));
        }
        int commands = sum(counts);
        workers.shutdown();

        assertThat(problems).as("%d commands, seed %d", commands, SEED).isEmpty();
        assertThat(commands).isGreaterThan(8);
        project.requireSound();
        project.requireTidy();
        assertThat(project.belongings().get("HEAD")).isEqualTo(head);
        for (String revision : project.chain("*")) {
            project.requireWhole(revision);
        }
        project.cairn("exp", "run", "-S", "lr=0.9");
        project.requireAgreement();
    }

    private static int sum(List<Future<Integer>> counts) throws InterruptedException, ExecutionException {
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    /** Two of the workers are Cairn's, two DVC's. */
    private int work(int number, long end) throws Exception {
        boolean isCairn = number % 2 == 0;
        Random random = new Random(SEED + number);
        int count = 0;
        while (System.nanoTime() < end) {
            List<List<String>> choice = isCairn ? OF_CAIRN : OF_DVC;
            List<String> arguments = choice.get(random.nextInt(choice.size())).stream()
                    .map(word -> word.replace("LR", Double.toString(random.nextInt(1000) / 1000.0)))
                    .toList();
            run(isCairn ? built.cairn() : built.dvc(), arguments, number);
            count++;
        }
        return count;
    }

    private void run(Path program, List<String> arguments, int number) throws Exception {
        Path printed = directory.resolve("printed" + number);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = project.start(command, Map.of("DVC_NO_ANALYTICS", "1"), printed);
        boolean hasEnded = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String text = Files.readString(printed);
        boolean isFine = process.exitValue() == 0 || REFUSAL.matcher(text).find();
        if (!hasEnded || !isFine || text.contains("Traceback") || text.contains("Exception")) {
            problems.add(command + (hasEnded ? ": " : " does not end: ") + text);
        }
    }
}
