package dev.cairn.engine;

import dev.cairn.engine.experiment.ExperimentRequest;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.experiment.ExperimentRunner;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectInitializer;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.Reproducer;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A project in a real Git repository with a home directory, an identity and a clock of its own. */
public final class TestProject implements AutoCloseable {
    /** Where DVC keeps what lasts no longer than a command, relative to the root. */
    public static final String TEMPORARY = ".dvc/tmp";

    /** A stage in POSIX shell that speaks the signal-file protocol: appends a line an epoch, and fails at epoch {@code fail_at}. */
    public static final String TRAIN =
            """
            value() { awk -v k="$1:" '$1 == k { print $2 }' params.yaml; }
            epochs=$(value epochs); lr=$(value lr); fail_at=$(value fail_at)
            [ -e model.txt ] || : > model.txt
            i=0
            while [ "$i" -lt "$epochs" ]; do
              n=$(($(wc -l < model.txt) + 1))
              [ "$n" = "$fail_at" ] && { echo "acc: 99" > metrics.yaml; echo "half" >> model.txt; echo "failing at epoch $n" >&2; exit 3; }
              echo "epoch $n lr $lr" >> model.txt
              echo "acc: 0.$n" > metrics.yaml
              : > "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT"
              while [ -e "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT" ]; do sleep 0.01; done
              i=$((i + 1))
            done
            """;

    public static final String CHECKPOINT_PIPELINE =
            """
            stages:
              train:
                cmd: sh train.sh
                deps: [train.sh]
                params: [epochs, lr]
                outs:
                - model.txt:
                    checkpoint: true
                metrics:
                - metrics.yaml: {cache: false}
            """;

    private final Path root;
    private final Environment environment;
    private final Project project;
    private final List<String> events = new ArrayList<>();

    private TestProject(Path directory) {
        this.root = directory.resolve("repo");
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", System.getenv("PATH"));
        variables.put("HOME", directory.resolve("home").toString());
        variables.put("SHELL", "/bin/sh");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            variables.put("GIT_" + who + "_NAME", "Ada");
            variables.put("GIT_" + who + "_EMAIL", "ada@example.org");
        }
        environment = new Environment(
                root, variables, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC), new Random(7));
        try {
            Files.createDirectories(root);
            Files.createDirectories(directory.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sh("git init -q -b main . && git config user.name Ada && git config user.email ada@example.org");
        ProjectInitializer.initialize(environment, new ProjectInitializer.Options(false, false, false));
        project = Project.open(environment);
    }

    public static TestProject in(Path directory) {
        return new TestProject(directory);
    }

    /** The project of the checkpoint stage, committed. */
    public static TestProject withCheckpoints(Path directory, int epochs) {
        TestProject project = in(directory);
        project.file("train.sh", TRAIN);
        project.file("params.yaml", "epochs: %d\nlr: 0.5\nfail_at: 0\n".formatted(epochs));
        project.file("dvc.yaml", CHECKPOINT_PIPELINE);
        return project.commit();
    }

    public Path root() {
        return root;
    }

    public Project project() {
        return project;
    }

    /** What the listener heard, in words. */
    public List<String> events() {
        return events;
    }

    public TestProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    public TestProject commit() {
        sh("git add -A && git commit -q -m change");
        return this;
    }

    public ReproduceResult reproduce(String... targets) throws InterruptedException {
        try (ProjectLock lock = new ProjectLock(project)) {
            return new Reproducer(
                            project,
                            lock,
                            new ReproduceRequest(List.of(targets), Set.of(), false),
                            RunMode.reproduction(Map.of()),
                            listener())
                    .run();
        }
    }

    public ExperimentResult experiment(String... overrides) throws InterruptedException {
        return experiment(ExperimentRequest.of(
                List.of(overrides).stream().map(ParameterOverride::parse).toArray(ParameterOverride[]::new)));
    }

    public ExperimentResult experiment(ExperimentRequest request) throws InterruptedException {
        return new ExperimentRunner(project, listener()).run(request);
    }

    private RunListener listener() {
        return new RunListener() {
            @Override
            public void experimentStarted(ExperimentStart start) {
                events.add(start.continuation() + (start.from().isEmpty() ? "" : " from " + start.from()));
            }

            @Override
            public void checkpointRecorded(CheckpointEvent event) {
                events.add("checkpoint %d %s".formatted(event.number(), event.metrics()));
            }

            @Override
            public void warning(String message) {
                events.add("warning: " + message);
            }
        };
    }

    /** Runs a shell line in the project and returns what it printed, without the last line break. */
    public String sh(String line) {
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(root.toFile());
            builder.environment().putAll(environment.variables());
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("`" + line + "` failed: " + output);
            }
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        project.close();
    }
}
