package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRequest;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.experiment.ExperimentRunner;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp run}. */
final class ExpRunCommand extends DvcCommand {
    @Mixin
    private ReproduceOptions options = new ReproduceOptions();

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Name of the experiment; made up when it is not given.")
    private @Nullable String name;

    @Option(
            names = {"-S", "--set-param"},
            paramLabel = "[FILE:]NAME=VALUE",
            description = "Use this value of a parameter; may be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--reset", description = "Start over instead of resuming from the last checkpoint.")
    private boolean reset;

    @Option(
            names = {"-M", "--message"},
            paramLabel = "TEXT",
            description = "Message of the experiment's last commit.")
    private @Nullable String message;

    @Override
    Object run(CommandContext context) throws InterruptedException {
        CommandIo io = context.io();
        ExperimentRequest request = new ExperimentRequest(
                options.request(io.sharesStreams(), Set.of()),
                name,
                overrides.stream().map(ParameterOverride::parse).toList(),
                reset,
                options.isForced(),
                message,
                io.stageEnvironment());
        ExperimentResult result = new ExperimentRunner(context.project(), io.listener()).run(request);
        if (io.notebook()) {
            return result;
        }
        context.gitHint(result.run().touched());
        return Text.exactly(ending(result));
    }

    private static String ending(ExperimentResult result) {
        return "\nRan experiment(s): " + result.name()
                + "\nExperiment results have been applied to your workspace.\n"
                + "\nTo promote an experiment to a Git branch run:\n\n\tdvc exp branch <exp> <branch>\n\n";
    }

    @Override
    Set<String> notSupportedYet() {
        Set<String> names = new HashSet<>(ReproduceOptions.NOT_SUPPORTED_YET);
        names.addAll(List.of(
                "--queue", "--run-all", "-j", "--jobs", "--temp", "-C", "--copy-paths", "-r", "--rev", "--params"));
        return names;
    }
}
