package dev.cairn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected files are those that DVCLive 2.10.0 writes for the same calls. */
class LiveTest {
    @TempDir
    Path root;

    @Test
    void metricsGoIntoASummaryAndACurveEach() {
        try (Live live = start(Map.of())) {
            for (int step = 0; step < 2; step++) {
                live.logMetric("loss", 1.0 / (step + 3));
                live.logMetric("train/acc", 0.5 * step);
                live.logMetric("train/val/x", 1e-7);
                live.nextStep();
            }
            live.logMetric("final", 3);
        }

        assertThat(file("metrics.json"))
                .isEqualTo(
                        """
                        {
                            "loss": 0.25,
                            "train": {
                                "acc": 0.5,
                                "val": {
                                    "x": 1e-07
                                }
                            },
                            "step": 1,
                            "final": 3
                        }""");
        assertThat(file("plots/metrics/loss.tsv")).isEqualTo("step\tloss\n0\t0.3333333333333333\n1\t0.25\n");
        assertThat(file("plots/metrics/train/acc.tsv")).isEqualTo("step\tacc\n0\t0.0\n1\t0.5\n");
        assertThat(file("plots/metrics/train/val/x.tsv")).isEqualTo("step\tx\n0\t1e-07\n1\t1e-07\n");
        assertThat(file("plots/metrics/final.tsv")).isEqualTo("step\tfinal\n2\t3\n");
    }

    @Test
    void theFilesAreDeclaredInADvcYamlBesideThem() {
        try (Live live = start(Map.of())) {
            live.logParam("lr", 0.001);
            live.logMetric("loss", 1);
        }

        assertThat(file("dvc.yaml"))
                .isEqualTo(
                        """
                        params:
                        - params.yaml
                        metrics:
                        - metrics.json
                        plots:
                        - plots/metrics:
                            x: step
                        """);
    }

    @Test
    void theDeclarationCanBeLeftOut() {
        try (Live live = builder(Map.of()).dvcYaml(false).start()) {
            live.logMetric("loss", 1);
        }

        assertThat(root.resolve("dvclive/dvc.yaml")).doesNotExist();
    }

    @Test
    void parametersKeepTheirTypes() {
        try (Live live = start(Map.of())) {
            live.logParam("lr", 0.001);
            live.logParam("name", "mlp");
            live.logParam("tiny", 5e-05);
            live.logParam("b", true);
            live.logParam("n", "12");
            live.logParam("l", List.of(1, 2.5));
            Map<String, Object> nested = new LinkedHashMap<>();
            nested.put("a", 1);
            nested.put("b", Map.of("c", "x y: z"));
            live.logParam("m", nested);
        }

        assertThat(file("params.yaml"))
                .isEqualTo(
                        """
                        lr: 0.001
                        name: mlp
                        tiny: 5e-05
                        b: true
                        'n': '12'
                        l:
                        - 1
                        - 2.5
                        m:
                          a: 1
                          b:
                            c: 'x y: z'
                        """);
    }

    @Test
    void textThatLooksLikeAnotherTypeIsQuoted() {
        try (Live live = start(Map.of())) {
            live.logParam(
                    "p", List.of("yes", "null", "1e5", "", "it's", "a: b", "# c", "~", "two\nlines", "plain words"));
        }

        assertThat(file("params.yaml"))
                .isEqualTo(
                        """
                        p:
                        - 'yes'
                        - 'null'
                        - '1e5'
                        - ''
                        - 'it''s'
                        - 'a: b'
                        - '# c'
                        - '~'
                        - "two\\nlines"
                        - plain words
                        """);
    }

    @Test
    void aValueWithoutAYamlFormIsRefusedByName() {
        try (Live live = start(Map.of())) {
            assertThatThrownBy(() -> live.logParam("odd", new int[0]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'odd'");
        }
    }

    @Test
    void numbersAreWrittenAsPythonDoes() {
        try (Live live = start(Map.of())) {
            for (double value : new double[] {1e-4, 1.5e-5, 1e16, 123456789.0, -2.5e-300, 1e100, Double.NaN, 0.1f}) {
                live.logMetric("x", value);
            }
            live.logMetric("x", Double.NEGATIVE_INFINITY);
            live.logMetric("x", Long.MAX_VALUE);
        }

        assertThat(file("plots/metrics/x.tsv").lines().skip(1).map(line -> line.substring(line.indexOf("\t") + 1)))
                .containsExactly(
                        "0.0001",
                        "1.5e-05",
                        "1e+16",
                        "123456789.0",
                        "-2.5e-300",
                        "1e+100",
                        "nan",
                        "0.10000000149011612",
                        "-inf",
                        "9223372036854775807");
    }

    @Test
    void aNewRunRemovesTheEarlierOne() {
        try (Live live = start(Map.of())) {
            live.logMetric("old", 1);
            live.logParam("old", 1);
        }

        try (Live live = start(Map.of())) {
            live.logMetric("new", 1);
        }

        assertThat(root.resolve("dvclive/plots/metrics").toFile().list()).containsExactly("new.tsv");
        assertThat(root.resolve("dvclive/params.yaml")).doesNotExist();
    }

    @Test
    void aResumedRunGoesOnFromTheNextStep() {
        try (Live live = start(Map.of())) {
            live.logParam("lr", 0.1);
            live.logParam("layers", List.of(8, 9));
            live.logMetric("loss", 4);
            live.nextStep();
        }

        try (Live live = start(Map.of("DVCLIVE_RESUME", "1"))) {
            assertThat(live.step()).isEqualTo(1);
            live.logParam("lr", 0.2);
            live.logMetric("loss", 2);
            live.nextStep();
        }

        assertThat(file("plots/metrics/loss.tsv")).isEqualTo("step\tloss\n0\t4\n1\t2\n");
        assertThat(file("params.yaml")).isEqualTo("lr: 0.2\nlayers:\n- 8\n- 9\n");
        assertThat(file("metrics.json")).contains("\"step\": 1");
    }

    @Test
    void valuesOfAStepThatWasNotFinishedAreLoggedAgain() {
        try (Live live = start(Map.of())) {
            live.logMetric("loss", 4);
            live.nextStep();
            live.logMetric("loss", 3);
        }

        try (Live live = builder(Map.of()).resume(true).start()) {
            live.logMetric("loss", 2);
        }

        assertThat(file("plots/metrics/loss.tsv")).isEqualTo("step\tloss\n0\t4\n1\t2\n");
    }

    @Test
    void resumingWhereNothingWasLoggedStartsAtZero() {
        try (Live live = start(Map.of("DVCLIVE_RESUME", "true"))) {
            assertThat(live.step()).isZero();
        }
    }

    @Test
    void everyStepOfACheckpointStageIsACheckpointWithTheStepsValues() {
        Host host = new Host(Map.of("DVC_CHECKPOINT", "1"), () -> true);
        List<String> summaries = new ArrayList<>();
        try (var installed = host.installRecorder(recorder(() -> summaries.add(file("metrics.json"))));
                Live live = Live.builder(host).start()) {
            assertThat(installed).isNotNull();
            for (int step = 0; step < 3; step++) {
                live.logMetric("loss", 9L - step);
                live.nextStep();
            }
        }

        assertThat(summaries).hasSize(3).first().isEqualTo("{\n    \"loss\": 9,\n    \"step\": 0\n}");
    }

    @Test
    void aListenerFollowsTheRun() {
        Host host = new Host(Map.of(), () -> true);
        List<String> events = new ArrayList<>();
        host.installRecorder(recorder(() -> {}));
        host.installListener(new Live.Listener() {
            @Override
            public void metricLogged(Live live, String name, long step, Number value) {
                events.add(name + "@" + step + "=" + value);
            }

            @Override
            public void stepEnded(Live live, long step) {
                events.add("step " + step);
            }

            @Override
            public void ended(Live live) {
                events.add("end");
            }
        });

        try (Live live = Live.builder(host).start()) {
            live.logMetric("loss", 0.5);
            live.nextStep();
            live.logMetric("loss", 0.25);
        }

        assertThat(events).containsExactly("loss@0=0.5", "step 0", "loss@1=0.25", "end");
    }

    @Test
    void namesThatWouldLeaveTheDirectoryOrClashAreRefused() {
        try (Live live = start(Map.of())) {
            live.logMetric("loss", 1);

            for (String name : List.of("", "../x", "/x", "a//b", "a\\b")) {
                assertThatThrownBy(() -> live.logMetric(name, 1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> live.logMetric("loss/train", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("clashes");
        }
    }

    private Live start(Map<String, String> environment) {
        return builder(environment).start();
    }

    private Live.Builder builder(Map<String, String> environment) {
        Host host = new Host(environment, () -> true);
        host.installRecorder(recorder(() -> {}));
        return Live.builder(host);
    }

    private Checkpoint.Recorder recorder(Runnable action) {
        return new Checkpoint.Recorder() {
            @Override
            public void record(CheckpointRequest request) {
                action.run();
            }

            @Override
            public Path directory() {
                return root;
            }
        };
    }

    private String file(String name) {
        try {
            return Files.readString(root.resolve("dvclive").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
