package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.PlotProperties;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random pipelines resolve to the same stages in Cairn and in real DVC, and both refuse the same ones. */
class TemplatingIT {
    private static final int CASES = 600;
    private static final Path SCRIPTS = Path.of("src/test/interop/templating");

    private final Built built = Built.fromSystemProperties();

    @Test
    void generatedPipelinesResolveAsInDvc(@TempDir Path directory) throws Exception {
        int seed = Integer.getInteger("templating.seed", 20231123);
        List<String> projects = lines(
                List.of(),
                "generate.py",
                Integer.toString(CASES),
                Integer.toString(seed),
                directory.toRealPath().toString());
        List<String> expected = lines(projects, "resolve.py");

        Gson withNulls = new GsonBuilder().serializeNulls().create();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < projects.size(); i++) {
            JsonElement theirs = JsonParser.parseString(expected.get(i));
            JsonElement ours = JsonParser.parseString(withNulls.toJson(resolved(Path.of(projects.get(i)))));
            if (isError(theirs) != isError(ours) || !isError(theirs) && !theirs.equals(ours)) {
                differences.add("%s\nDVC:   %s\nCairn: %s\n%s"
                        .formatted(
                                projects.get(i), theirs, ours, Files.readString(Path.of(projects.get(i), "dvc.yaml"))));
            }
        }

        assertThat(projects).hasSize(CASES);
        assertThat(differences).as("of seed " + seed).isEmpty();
    }

    private static boolean isError(JsonElement result) {
        return result instanceof JsonObject object && object.has("error");
    }

    private List<String> lines(List<String> input, String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(built.dvcPython().toString(), SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Path in = Files.createTempFile("templating", ".in");
        Path out = Files.createTempFile("templating", ".out");
        try {
            Files.write(in, input);
            int exit = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            assertThat(exit).as(script).isZero();
            return Files.readAllLines(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private static Map<String, @Nullable Object> resolved(Path directory) throws IOException {
        Environment environment = new Environment(directory, System.getenv(), Clock.systemUTC(), new Random(1));
        try (Project project = Project.open(environment)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            PipelineGraph graph = new PipelineGraph(pipeline);
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            List<Stage> stages = graph.topologicalOrder(pipeline.stages().keySet());
            out.put(
                    "stages",
                    byName(stages).values().stream().map(TemplatingIT::describe).toList());
            out.put("used", pipeline.variables());
            return out;
        } catch (EngineException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Stage> byName(List<Stage> stages) {
        Map<String, Stage> out = new TreeMap<>();
        stages.forEach(stage -> out.put(stage.address().toString(), stage));
        return out;
    }

    private static Map<String, @Nullable Object> describe(Stage stage) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("address", stage.address().toString());
        out.put("cmd", stage.command().toYaml());
        out.put("wdir", stage.workingDirectory());
        out.put("deps", stage.fileDependencies().stream().map(d -> d.declared()).toList());
        out.put(
                "params",
                stage.parameterDependencies().stream()
                        .map(d -> List.of(d.declared(), d.keys()))
                        .toList());
        out.put("outs", stage.outputs().stream().map(TemplatingIT::describe).toList());
        out.put("frozen", stage.frozen());
        out.put("always_changed", stage.alwaysChanged());
        return out;
    }

    private static Map<String, @Nullable Object> describe(Output output) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("path", output.declared());
        out.put("kind", output.kind().name());
        out.put("cache", output.cached());
        out.put("persist", output.persist());
        out.put("checkpoint", output.checkpoint());
        out.put("push", output.push());
        out.put("plot", output.plot() == null ? Map.of() : describe(output.plot()));
        return out;
    }

    /** Texts as they are shown: whether a title is a number makes no difference. */
    private static Map<String, Object> describe(PlotProperties plot) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("x", plot.x());
        all.put("y", plot.y());
        all.put("title", plot.title());
        all.put("x_label", plot.xLabel());
        all.put("y_label", plot.yLabel());
        all.put("template", plot.template());
        Map<String, Object> out = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            if (value != null) {
                out.put(key, String.valueOf(value));
            }
        });
        out.put("header", Boolean.toString(plot.header()));
        return out;
    }
}
