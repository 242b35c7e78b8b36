package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while something goes into the cache, simulated by the limit on the length of files that a shell can set. */
class FullDiskIT {
    private static final String LIMITED = "ulimit -S -f 400; ";

    private final String cairn = "'" + Built.fromSystemProperties().cairn() + "' ";

    @TempDir
    Path project;

    private record Output(int status, String text) {}

    @BeforeEach
    void makeProject() throws Exception {
        assertThat(sh("git init -q && git config user.name A && git config user.email a@example.com && " + cairn
                                + "init -q")
                        .status())
                .isZero();
    }

    @Test
    void anAddThatDoesNotFitChangesNothing() throws Exception {
        Files.write(project.resolve("big.bin"), new byte[2_000_000]);
        String before = sh("git status --short").text();

        Output output = sh(LIMITED + cairn + "add big.bin");

        assertThat(output.status()).isNotZero();
        assertThat(output.text()).contains("Cannot save", "big.bin", "HINT:").doesNotContain("Exception");
        assertThat(sh("git status --short").text()).isEqualTo(before);
        assertThat(cached()).isEmpty();
        assertThat(sh(cairn + "add big.bin").status()).isZero();
        assertThat(cached()).hasSize(1);
    }

    @Test
    void aCheckpointThatDoesNotFitLeavesThoseBeforeIt() throws Exception {
        Files.writeString(
                project.resolve("train.sh"),
                """
                ulimit -S -f unlimited
                for i in 1 2 3; do
                  size=1000
                  if [ $i = 3 ]; then size=2000000; fi
                  head -c $size /dev/zero | tr '\\0' $i > model.bin
                  echo "{\\"step\\": $i}" > metrics.json
                  touch .dvc/tmp/DVC_CHECKPOINT
                  while [ -e .dvc/tmp/DVC_CHECKPOINT ]; do sleep 0.02; done
                done
                """);
        Files.writeString(
                project.resolve("dvc.yaml"),
                """
                stages:
                  train:
                    cmd: sh train.sh
                    outs:
                    - model.bin:
                        checkpoint: true
                    metrics:
                    - metrics.json:
                        cache: false
                """);
        assertThat(sh("git add . && git commit -q -m pipeline").status()).isZero();

        Output output = sh(LIMITED + cairn + "exp run -n full");

        assertThat(output.status()).isNotZero();
        assertThat(output.text()).contains("Cannot save", "model.bin", "keeps the checkpoints made before: 2");
        assertThat(sh("git rev-list --count HEAD..$(git for-each-ref --format='%(objectname)' 'refs/exps/*/*/full')")
                        .text())
                .isEqualToIgnoringNewLines("2");
        assertThat(sh(cairn + "exp apply full").status()).isZero();
        assertThat(Files.readString(project.resolve("model.bin"))).isEqualTo("2".repeat(1000));
        assertThat(cached()).allMatch(file -> !file.toString().endsWith(".tmp"));
    }

    private List<Path> cached() throws IOException {
        Path cache = project.resolve(".dvc/cache");
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Output sh(String command) throws Exception {
        Path out = Files.createTempFile("full-disk", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Output(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }
}
