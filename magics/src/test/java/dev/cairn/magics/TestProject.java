package dev.cairn.magics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A directory with a real Git repository, and a stage that counts: each run adds {@code epochs} to its model, a checkpoint each. */
public final class TestProject {
    /** Adds the stage. */
    public static final List<String> STAGE_WORDS = List.of(
            "stage",
            "add",
            "-n",
            "train",
            "-d",
            "train.sh",
            "-p",
            "epochs",
            "-c",
            "model.txt",
            "-M",
            "metrics.json",
            "--plots-no-cache",
            "logs.csv",
            "sh train.sh");

    private static final String PROGRAM =
            """
            i=0
            [ -f model.txt ] && i=$(cat model.txt)
            [ -f logs.csv ] || echo step,loss > logs.csv
            n=$(sed -n 's/epochs: //p' params.yaml)
            for k in $(seq $n); do
              i=$((i+1))
              echo $i > model.txt
              echo "{\\"step\\": $i, \\"loss\\": 0.$((9-i))}" > metrics.json
              echo "$i,0.$((9-i))" >> logs.csv
              echo "epoch $i"
              if [ -n "$DVC_CHECKPOINT" ]; then
                : > "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT"
                while [ -e "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT" ]; do sleep 0.01; done
              fi
            done
            """;

    private final Path directory;

    private TestProject(Path directory) {
        this.directory = directory;
    }

    public static TestProject in(Path directory) {
        TestProject project = new TestProject(directory);
        project.write("train.sh", PROGRAM).write("params.yaml", "epochs: 2\n");
        project.git("init", "-q", "-b", "main", ".");
        return project;
    }

    public TestProject write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestProject commitAll() {
        git("add", ".");
        git("commit", "-q", "-m", "base");
        return this;
    }

    /** The environment in which nothing of the user's own Git is seen. */
    public static Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.org",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.org"));
        return variables;
    }

    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
