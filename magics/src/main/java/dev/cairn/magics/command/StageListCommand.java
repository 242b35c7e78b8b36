package dev.cairn.magics.command;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.magics.render.Text;
import dev.cairn.magics.render.TextTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stage list}. */
final class StageListCommand extends DvcCommand {
    private static final int MOST_TEXT = 80;

    @Parameters(
            arity = "0..*",
            paramLabel = "TARGET",
            description = "Files or directories with stages; ./dvc.yaml when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories: the stages declared in them.")
    private boolean recursive;

    @Option(names = "--fail", description = "With --all: files with errors are errors, not left out.")
    private boolean fail;

    @Option(names = "--all", description = "All stages of the project, data files too.")
    private boolean all;

    @Option(
            names = {"--name-only", "--names-only"},
            description = "Only the names.")
    private boolean namesOnly;

    @Override
    Object run(CommandContext context) {
        Map<String, EngineException> broken = new LinkedHashMap<>();
        Pipeline pipeline = PipelineReader.read(context.project().workspace(), broken::put);
        if (all) {
            if (fail && !broken.isEmpty()) {
                throw broken.values().iterator().next();
            }
            return table(pipeline.stages().values());
        }
        TargetResolver resolver = new TargetResolver(pipeline, context.project());
        Set<StageAddress> chosen = new LinkedHashSet<>();
        for (String target : targets.isEmpty() ? List.of(StageAddress.PIPELINE_FILE) : targets) {
            String path = context.project().relativize(target.substring(0, Math.max(target.indexOf(':'), 0)));
            String file = target.contains(":") ? path : context.project().relativize(target);
            if (broken.containsKey(file)) {
                throw broken.get(file);
            }
            chosen.addAll(stages(context.project(), resolver, target, file));
        }
        return table(chosen.stream().map(pipeline::stage).toList());
    }

    private Collection<StageAddress> stages(Project project, TargetResolver resolver, String target, String file) {
        if (recursive && resolver.isDirectory(target)) {
            return resolver.inDirectory(target);
        }
        boolean isEmptyFile = file.endsWith(StageAddress.PIPELINE_FILE)
                && !target.contains(":")
                && project.workspace().exists(file)
                && resolver.inFile(file).isEmpty();
        if (isEmptyFile) {
            return List.of();
        }
        boolean isMissing = target.equals(StageAddress.PIPELINE_FILE)
                && !project.workspace().exists(file);
        if (isMissing) {
            throw new UnknownNameException("'%s' does not exist".formatted(file), "`stage add` makes one.");
        }
        return resolver.resolve(target).stages();
    }

    private Text table(Collection<Stage> stages) {
        return Text.exactly(TextTables.plain(stages.stream().map(this::row).toList()));
    }

    private List<String> row(Stage stage) {
        String name = stage.address().toString();
        return namesOnly ? List.of(name) : List.of(name, shortened(describe(stage)));
    }

    private static String describe(Stage stage) {
        if (stage.description() != null) {
            return stage.description().lines().findFirst().orElse("");
        }
        if (stage.dependencies().isEmpty() && stage.outputs().isEmpty()) {
            return "No outputs or dependencies";
        }
        if (stage.outputs().isEmpty()) {
            return "Depends on " + joined(stage.dependencies().stream().map(Dependency::declared));
        }
        List<String> parts = new ArrayList<>();
        String made = joined(stage.outputs().stream()
                .filter(o -> o.kind() == Output.Kind.OUTPUT)
                .map(Output::declared));
        String reported = joined(stage.outputs().stream()
                .filter(o -> o.kind() != Output.Kind.OUTPUT)
                .map(Output::declared));
        if (!made.isEmpty()) {
            parts.add("Outputs " + made);
        }
        if (!reported.isEmpty()) {
            parts.add("Reports " + reported);
        }
        return String.join("; ", parts);
    }

    private static String joined(Stream<String> names) {
        return names.collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : Objects.requireNonNull(text.substring(0, MOST_TEXT - 2)) + " …";
    }
}
