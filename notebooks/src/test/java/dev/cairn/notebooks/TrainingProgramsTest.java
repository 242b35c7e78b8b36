package dev.cairn.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpoints tutorial names numbers; here they are held to what its programs compute. */
class TrainingProgramsTest {
    private static final Path TUTORIAL = Path.of("checkpoints").toAbsolutePath();

    @TempDir
    static Path project;

    @BeforeAll
    static void prepareTheData() throws Exception {
        copy("digits.csv.gz", "data/digits/raw/digits.csv.gz");
        copy("params.yaml", "params.yaml");
        try (Stream<Path> programs = Files.list(TUTORIAL.resolve("src"))) {
            for (Path program : programs.toList()) {
                copy("src/" + program.getFileName(), "src/" + program.getFileName());
            }
        }
        run("Prepare");
        run("Preprocess");
    }

    @BeforeEach
    void forgetTheModel() throws IOException {
        Files.deleteIfExists(model());
    }

    @Test
    void validationLossTurnsUpAfterEpochSevenWhileTrainingLossKeepsFalling() throws Exception {
        train("epochs: 10");

        List<double[]> epochs = logs();
        assertThat(epochs).hasSize(10);
        for (int epoch = 1; epoch < 10; epoch++) {
            double loss = epochs.get(epoch)[1];
            double valLoss = epochs.get(epoch)[3];
            assertThat(loss).isLessThan(epochs.get(epoch - 1)[1]);
            if (epoch + 1 > 7) {
                assertThat(valLoss).isGreaterThan(epochs.get(epoch - 1)[3]);
            }
        }
        assertThat(epochs.stream().mapToDouble(epoch -> epoch[3]).min()).hasValue(0.36906);
        assertThat(epochs.get(9)[3]).isEqualTo(0.50585);
    }

    @Test
    void runsOfOneEpochGiveTheModelOfOneLongRun() throws Exception {
        train("epochs: 3");
        byte[] atOnce = Files.readAllBytes(model());
        Files.delete(model());

        for (int run = 0; run < 3; run++) {
            train("epochs: 1");
        }

        assertThat(model()).hasBinaryContent(atOnce);
    }

    @Test
    void largerBatchesFromEpochSevenOnDoBetter() throws Exception {
        train("epochs: 7");

        train("epochs: 1", "batch_size: 256");

        assertThat(logs().get(7)[3]).isEqualTo(0.35628);
    }

    @Test
    void evaluationReadsTheModelsOfBothNetworks() throws Exception {
        train("epochs: 3");
        assertThat(run("Evaluate")).contains("1067 of 1197 images right");
        Files.delete(model());

        train("epochs: 3", "name: cnn");

        assertThat(run("Evaluate")).contains("1042 of 1197 images right");
    }

    /** Runs the training with the tutorial's parameters, but for these. */
    private static void train(String... changes) throws Exception {
        String params = Files.readString(TUTORIAL.resolve("params.yaml"));
        for (String change : changes) {
            String name = change.substring(0, change.indexOf(':'));
            params = params.replaceAll("(?m)\\b" + name + ": .*$", change);
        }
        Files.writeString(project.resolve("params.yaml"), params);
        run("Train");
    }

    private static String run(String program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "src/" + program + ".java")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<double[]> logs() throws IOException {
        return Files.readAllLines(project.resolve("logs.csv")).stream()
                .skip(1)
                .map(line -> Stream.of(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static Path model() {
        return project.resolve("models/digits/model.bin");
    }

    private static void copy(String from, String to) throws IOException {
        Path target = project.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(TUTORIAL.resolve(from), target);
    }
}
