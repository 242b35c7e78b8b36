package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentInitializer;
import dev.cairn.engine.experiment.ExperimentInitializer.Initialized;
import dev.cairn.engine.experiment.ExperimentInitializer.Role;
import dev.cairn.engine.experiment.ExperimentRequest;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.experiment.ExperimentRunner;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.reproduce.ReproduceRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp init}. */
final class ExpInitCommand extends DvcCommand {
    /** What {@code --type} may say. */
    enum Type {
        DEFAULT,
        CHECKPOINT
    }

    @Option(names = "--run", description = "Run the experiment when the stage is there.")
    private boolean runs;

    @Option(
            names = {"-i", "--interactive"},
            description = "Refused: name everything by options.")
    private boolean interactive;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the stage of that name.")
    private boolean force;

    @Option(names = "--explicit", description = "Use only the paths that are given.")
    private boolean explicit;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Name of the stage.")
    private String name = "train";

    @Option(names = "--code", paramLabel = "PATH", description = "Code that the command runs; src by default.")
    private @Nullable String code;

    @Option(names = "--data", paramLabel = "PATH", description = "Data that it reads; data by default.")
    private @Nullable String data;

    @Option(names = "--models", paramLabel = "PATH", description = "Models that it makes; models by default.")
    private @Nullable String models;

    @Option(names = "--params", paramLabel = "FILE", description = "Its parameters; params.yaml by default.")
    private @Nullable String params;

    @Option(names = "--metrics", paramLabel = "FILE", description = "Its metrics; metrics.json by default.")
    private @Nullable String metrics;

    @Option(names = "--plots", paramLabel = "PATH", description = "Its plots; plots by default.")
    private @Nullable String plots;

    @Option(names = "--live", paramLabel = "DIR", description = "What DVCLive writes, for metrics and plots.")
    private @Nullable String live;

    @Option(names = "--type", paramLabel = "TYPE", description = "default, or checkpoint for models that grow.")
    private Type type = Type.DEFAULT;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "What the stage runs.")
    private List<String> command = new ArrayList<>();

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        if (interactive) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "`exp init` asks no questions here.",
                    "Name the paths with --code, --data, --models, --params, --metrics and --plots.");
        }
        String line = CommandWords.line(command);
        if (line == null) {
            throw new CommandFailure(
                    ExitCodes.ERROR, "command is not specified", "Put the command behind the options.");
        }
        Initialized made = new ExperimentInitializer(context.project())
                .initialize(new ExperimentInitializer.Request(
                        name, line, paths(), !explicit, type == Type.CHECKPOINT, force));
        context.io().out().print(text(made));
        if (!runs) {
            return null;
        }
        CommandIo io = context.io();
        ExperimentResult result = new ExperimentRunner(context.project(), io.listener())
                .run(ExperimentRequest.of(new ParameterOverride[0])
                        .reproducing(
                                new ReproduceRequest(List.of(made.stage().toString()), Set.of(), io.sharesStreams())));
        return context.answer(result, () -> "Ran experiment(s): %s\n".formatted(result.name()));
    }

    private Map<Role, String> paths() {
        Map<Role, String> paths = new EnumMap<>(Role.class);
        put(paths, Role.CODE, code);
        put(paths, Role.DATA, data);
        put(paths, Role.MODELS, models);
        put(paths, Role.PARAMS, params);
        put(paths, Role.METRICS, metrics);
        put(paths, Role.PLOTS, plots);
        put(paths, Role.LIVE, live);
        return paths;
    }

    private static void put(Map<Role, String> paths, Role role, @Nullable String path) {
        if (path != null) {
            paths.put(role, path);
        }
    }

    private String text(Initialized made) {
        StringBuilder text = new StringBuilder();
        if (!made.dependencies().isEmpty()) {
            text.append("Creating dependencies: %s\n".formatted(Changes.joined(made.dependencies())));
        }
        if (!made.directories().isEmpty()) {
            text.append("Creating output directories: %s\n".formatted(Changes.joined(made.directories())));
        }
        text.append("Creating %s stage in dvc.yaml\n".formatted(name));
        if (!made.outputs().isEmpty() || !runs) {
            text.append('\n');
        }
        if (!made.outputs().isEmpty()) {
            text.append("Ensure your experiment command creates %s.\n".formatted(Changes.joined(made.outputs())));
        }
        text.append(runs ? "\n" : "You can now run your experiment using \"dvc exp run\".\n");
        return text.toString();
    }

    @Override
    boolean takesCommand() {
        return true;
    }
}
