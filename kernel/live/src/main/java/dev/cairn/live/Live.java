package dev.cairn.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Logs the metrics and parameters of a training run, step by step, into the files that DVCLive 2.x writes.
 *
 * <pre>{@code
 * try (var live = Live.start()) {
 *     live.logParam("lr", 0.01);
 *     for (int epoch = 0; epoch < 10; epoch++) {
 *         live.logMetric("loss", train());
 *         live.nextStep();
 *     }
 * }
 * }</pre>
 *
 * <p>{@code dvclive/metrics.json} holds the latest values, {@code dvclive/plots/metrics/NAME.tsv} every value by step,
 * {@code dvclive/params.yaml} the parameters, and {@code dvclive/dvc.yaml} declares them. A name like {@code train/loss} goes into a folder.
 * In a checkpoint stage every {@link #nextStep()} makes a checkpoint, and a resumed run goes on from the step after the last one.
 *
 * <p>Methods may be called from any thread. A file that cannot be written is an {@link UncheckedIOException}.
 */
public final class Live implements AutoCloseable {
    private static final Pattern LAST_STEP = Pattern.compile("^ {4}\"step\": (\\d+),?$", Pattern.MULTILINE);

    private final Path directory;
    private final boolean dvcYaml;
    private final boolean checkpoints;
    private final Host host;
    private final Listener listener;
    private final LiveParams params;
    private final Map<String, Object> summary = new LinkedHashMap<>();
    private boolean hasCurves;
    private long step;

    private Live(Builder builder) throws IOException {
        this.host = builder.host;
        this.directory = host.directory().resolve(builder.directory);
        this.dvcYaml = builder.dvcYaml;
        this.checkpoints = builder.checkpoints.orElseGet(() -> host.isOn("DVC_CHECKPOINT"));
        this.listener = host.listener();
        Files.createDirectories(directory);
        if (builder.resume.orElseGet(() -> host.isOn("DVCLIVE_RESUME"))) {
            this.params = LiveParams.read(paramsFile());
            resume();
        } else {
            this.params = LiveParams.empty();
            removeEarlierRun();
        }
    }

    /** Starts logging into {@code dvclive}, or goes on there when the pipeline says that the run is resumed. */
    public static Live start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder(Host.CURRENT);
    }

    static Builder builder(Host host) {
        return new Builder(host);
    }

    /** Shows the curves of every {@code Live} started in this JVM to a notebook, until the result is closed. For kernels. */
    public static Checkpoint.Installed install(Listener listener) {
        return Host.CURRENT.installListener(listener);
    }

    /** The step that values are logged for now; the first is 0. */
    public synchronized long step() {
        return step;
    }

    public Path directory() {
        return directory;
    }

    public void logMetric(String name, double value) {
        log(name, value);
    }

    public void logMetric(String name, long value) {
        log(name, value);
    }

    /** Logs a parameter: a string, boolean or number, or a list or map of such. */
    public void logParam(String name, Object value) {
        logParams(Map.of(name, value));
    }

    public synchronized void logParams(Map<String, ?> values) {
        values.forEach(params::put);
        unchecked(() -> AtomicFile.write(paramsFile(), params.text()));
    }

    /** Ends the step: writes the latest values, makes a checkpoint in a checkpoint stage, and goes on to the next step. */
    public synchronized void nextStep() {
        summary.put("step", step);
        unchecked(this::writeSummary);
        listener.stepEnded(this, step);
        if (checkpoints) {
            host.checkpoints().makeWith(List.of(directory), Map.of());
        }
        step++;
    }

    @Override
    public synchronized void close() {
        unchecked(this::writeSummary);
        listener.ended(this);
    }

    private synchronized void log(String name, Number value) {
        List<String> path = MetricName.parts(name);
        unchecked(() -> appendRow(path, value));
        hasCurves = true;
        MetricName.put(summary, path, value);
        listener.metricLogged(this, name, step, value);
    }

    private void appendRow(List<String> path, Number value) throws IOException {
        String leaf = path.get(path.size() - 1);
        Path file = curvesDirectory().resolve(String.join("/", path) + ".tsv");
        Files.createDirectories(file.getParent());
        String header = Files.exists(file) ? "" : "step\t" + leaf + "\n";
        Files.writeString(
                file,
                header + step + "\t" + NumberText.plain(value) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void writeSummary() throws IOException {
        AtomicFile.write(metricsFile(), JsonText.of(summary));
        if (dvcYaml) {
            AtomicFile.write(directory.resolve("dvc.yaml"), declaration());
        }
    }

    private String declaration() {
        List<String> lines = new ArrayList<>();
        if (!params.isEmpty()) {
            lines.add("params:\n- params.yaml\n");
        }
        if (!summary.isEmpty()) {
            lines.add("metrics:\n- metrics.json\n");
        }
        if (hasCurves) {
            lines.add("plots:\n- plots/metrics:\n    x: step\n");
        }
        return lines.isEmpty() ? "{}\n" : String.join("", lines);
    }

    private void resume() throws IOException {
        if (!Files.exists(metricsFile())) {
            return;
        }
        Matcher lastStep = LAST_STEP.matcher(Files.readString(metricsFile()));
        if (lastStep.find()) {
            step = Long.parseLong(lastStep.group(1)) + 1;
            for (Path curve : curves()) {
                dropStepsFromHereOn(curve);
            }
        }
    }

    /** A run that was stopped in the middle of a step has logged values which the resumed run logs again. */
    private void dropStepsFromHereOn(Path curve) throws IOException {
        List<String> lines = Files.readAllLines(curve);
        List<String> kept = new ArrayList<>();
        int stepColumn =
                lines.isEmpty() ? -1 : List.of(lines.get(0).split("\t")).indexOf("step");
        for (String line : lines) {
            String[] cells = line.split("\t", -1);
            boolean isRow = stepColumn >= 0 && stepColumn < cells.length && cells[stepColumn].matches("\\d+");
            if (!isRow || Long.parseLong(cells[stepColumn]) < step) {
                kept.add(line + "\n");
            }
        }
        if (kept.size() < lines.size()) {
            AtomicFile.write(curve, String.join("", kept));
        }
    }

    private List<Path> curves() throws IOException {
        if (!Files.isDirectory(curvesDirectory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(curvesDirectory())) {
            return files.filter(file -> file.toString().endsWith(".tsv")).toList();
        }
    }

    private void removeEarlierRun() throws IOException {
        AtomicFile.deleteTree(curvesDirectory());
        Files.deleteIfExists(metricsFile());
        Files.deleteIfExists(paramsFile());
    }

    private Path metricsFile() {
        return directory.resolve("metrics.json");
    }

    private Path paramsFile() {
        return directory.resolve("params.yaml");
    }

    private Path curvesDirectory() {
        return directory.resolve("plots").resolve("metrics");
    }

    private static void unchecked(FileAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface FileAction {
        void run() throws IOException;
    }

    /** Follows the runs logged in this JVM; called on the thread that logs, so it must be quick. */
    public interface Listener {
        Listener NONE = new Listener() {};

        default void metricLogged(Live live, String name, long step, Number value) {}

        default void stepEnded(Live live, long step) {}

        default void ended(Live live) {}
    }

    /** Options of a {@link Live}; what is not set follows the environment, as in DVCLive. */
    public static final class Builder {
        private final Host host;
        private String directory = "dvclive";
        private boolean dvcYaml = true;
        private Optional<Boolean> resume = Optional.empty();
        private Optional<Boolean> checkpoints = Optional.empty();

        private Builder(Host host) {
            this.host = host;
        }

        /** Where to write; {@code dvclive} when not set. */
        public Builder directory(String directory) {
            this.directory = directory;
            return this;
        }

        /** Whether to go on after the last step found in the directory; by default when {@code DVCLIVE_RESUME} says so. */
        public Builder resume(boolean resume) {
            this.resume = Optional.of(resume);
            return this;
        }

        /** Whether every step makes a checkpoint; by default in checkpoint stages. */
        public Builder checkpoints(boolean checkpoints) {
            this.checkpoints = Optional.of(checkpoints);
            return this;
        }

        /** Whether to declare metrics, parameters and plots in a {@code dvc.yaml} beside them; yes when not set. */
        public Builder dvcYaml(boolean dvcYaml) {
            this.dvcYaml = dvcYaml;
            return this;
        }

        public Live start() {
            try {
                return new Live(this);
            } catch (IOException e) {
                throw new UncheckedIOException("Live cannot write to '" + directory + "': " + e.getMessage(), e);
            }
        }
    }
}
