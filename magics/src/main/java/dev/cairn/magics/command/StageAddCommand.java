package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.StageDefinition;
import dev.cairn.engine.pipeline.StageDefinition.OutputDefinition;
import dev.cairn.engine.pipeline.StageEditor;
import dev.cairn.engine.reproduce.ReproduceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stage add}. */
final class StageAddCommand extends DvcCommand {
    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            required = true,
            description = "Name of the stage.")
    private String name = "";

    @Option(
            names = {"-f", "--force"},
            description = "Replace the stage of that name.")
    private boolean force;

    @Option(
            names = {"-d", "--deps"},
            paramLabel = "PATH",
            description = "File or directory that the stage reads.")
    private List<String> dependencies = new ArrayList<>();

    @Option(
            names = {"-p", "--params"},
            paramLabel = "[FILE:]NAMES",
            description = "Parameters that the stage reads, parted by commas.")
    private List<String> params = new ArrayList<>();

    @Option(
            names = {"-o", "--outs"},
            paramLabel = "PATH",
            description = "File or directory that the stage makes.")
    private List<String> outs = new ArrayList<>();

    @Option(
            names = {"-O", "--outs-no-cache"},
            paramLabel = "PATH",
            description = "The same, kept in Git and not in the cache.")
    private List<String> uncachedOuts = new ArrayList<>();

    @Option(
            names = {"-c", "--checkpoints"},
            paramLabel = "PATH",
            description = "The same, of which the stage makes checkpoints.")
    private List<String> checkpoints = new ArrayList<>();

    @Option(names = "--outs-persist", paramLabel = "PATH", description = "The same, not removed before the stage runs.")
    private List<String> persistentOuts = new ArrayList<>();

    @Option(names = "--outs-persist-no-cache", paramLabel = "PATH", description = "Both.")
    private List<String> uncachedPersistentOuts = new ArrayList<>();

    @Option(
            names = {"-m", "--metrics"},
            paramLabel = "PATH",
            description = "File of metrics.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = {"-M", "--metrics-no-cache"},
            paramLabel = "PATH",
            description = "File of metrics, kept in Git.")
    private List<String> uncachedMetrics = new ArrayList<>();

    @Option(names = "--plots", paramLabel = "PATH", description = "File of data to draw.")
    private List<String> plots = new ArrayList<>();

    @Option(names = "--plots-no-cache", paramLabel = "PATH", description = "File of data to draw, kept in Git.")
    private List<String> uncachedPlots = new ArrayList<>();

    @Option(
            names = {"-w", "--wdir"},
            paramLabel = "DIR",
            description = "Where the command runs.")
    private @Nullable String directory;

    @Option(names = "--always-changed", description = "Run the stage every time.")
    private boolean alwaysChanged;

    @Option(names = "--desc", paramLabel = "TEXT", description = "What the stage is for.")
    private @Nullable String description;

    @Option(names = "--run", description = "Run the stage when it is added.")
    private boolean runs;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "What the stage runs; with --force the present command stays when none is given.")
    private List<String> command = new ArrayList<>();

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        StageEditor.Added added = new StageEditor(context.project()).add(definition(), force);
        context.io()
                .out()
                .print("Added stage '%s' in '%s'\n".formatted(added.stage().name(), added.file()));
        if (!runs) {
            context.gitHint(added.gitPaths());
            return null;
        }
        return ReproCommand.reproduce(
                context,
                new ReproduceRequest(
                        List.of(added.stage().toString()),
                        Set.of(),
                        context.io().sharesStreams()),
                1);
    }

    private StageDefinition definition() {
        List<OutputDefinition> outputs = new ArrayList<>();
        outs.forEach(path -> outputs.add(output(path, Output.Kind.OUTPUT, true, false, false)));
        uncachedOuts.forEach(path -> outputs.add(output(path, Output.Kind.OUTPUT, false, false, false)));
        checkpoints.forEach(path -> outputs.add(output(path, Output.Kind.OUTPUT, true, false, true)));
        persistentOuts.forEach(path -> outputs.add(output(path, Output.Kind.OUTPUT, true, true, false)));
        uncachedPersistentOuts.forEach(path -> outputs.add(output(path, Output.Kind.OUTPUT, false, true, false)));
        metrics.forEach(path -> outputs.add(output(path, Output.Kind.METRIC, true, false, false)));
        uncachedMetrics.forEach(path -> outputs.add(output(path, Output.Kind.METRIC, false, false, false)));
        plots.forEach(path -> outputs.add(output(path, Output.Kind.PLOT, true, false, false)));
        uncachedPlots.forEach(path -> outputs.add(output(path, Output.Kind.PLOT, false, false, false)));
        return new StageDefinition(
                name, CommandWords.line(command), dependencies, params, outputs, directory, alwaysChanged, description);
    }

    private static OutputDefinition output(
            String path, Output.Kind kind, boolean cached, boolean persist, boolean checkpoint) {
        return new OutputDefinition(path, kind, cached, persist, checkpoint);
    }

    @Override
    boolean takesCommand() {
        return true;
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--external");
    }
}
