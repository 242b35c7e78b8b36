package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.magics.render.Text;
import dev.cairn.magics.render.TextTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code stage list}. */
final class StageListCommand extends DvcCommand {
    private static final int MOST_TEXT = 80;

    @Option(names = "--all", description = "All stages of the project, data files too.")
    private boolean all;

    @Option(
            names = {"--name-only", "--names-only"},
            description = "Only the names.")
    private boolean namesOnly;

    @Override
    Object run(CommandContext context) {
        Pipeline pipeline = PipelineReader.read(context.project().workspace());
        String here = context.project().relativize(".");
        String file = here.isEmpty() ? StageAddress.PIPELINE_FILE : here + "/" + StageAddress.PIPELINE_FILE;
        List<List<String>> rows = pipeline.stages().values().stream()
                .filter(stage -> all || stage.address().file().equals(file))
                .map(this::row)
                .toList();
        return Text.exactly(TextTables.plain(rows));
    }

    private List<String> row(Stage stage) {
        String name = all || stage.isData()
                ? stage.address().toString()
                : stage.address().name();
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

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--fail", "-R", "--recursive");
    }
}
