package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRequest;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.experiment.ExperimentRunner;
import dev.cairn.engine.experiment.KeepPolicy;
import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.experiment.QueueControl;
import dev.cairn.engine.experiment.RunPolicy;
import dev.cairn.engine.experiment.StopRule;
import dev.cairn.engine.experiment.TemporaryRunner;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.params.ParameterSweep;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    @Option(names = "--temp", description = "Run in a directory of its own; the workspace stays as it is.")
    private boolean temporary;

    @Option(names = "--queue", description = "Do not run it now: put it into the queue.")
    private boolean queue;

    @Option(names = "--run-all", description = "Run everything that waits in the queue.")
    private boolean runAll;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "With --run-all: so many at a time.")
    private int jobs = 1;

    @Option(
            names = {"-r", "--rev"},
            paramLabel = "CHECKPOINT",
            description = "With --temp or --queue: go on from this checkpoint.")
    private @Nullable String revision;

    @Option(
            names = {"-C", "--copy-paths"},
            paramLabel = "PATH",
            description = "With --temp or --queue: take along what Git does not track; may be given several times.")
    private List<String> copyPaths = new ArrayList<>();

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CHECKPOINT",
            description = "Go on from this checkpoint, or from the last one; refused when there is none.")
    private @Nullable String resume;

    @Option(
            names = "--until",
            paramLabel = "RULE",
            description = "Stop the stage early: \"val_loss not improved for 5\", \"acc > 0.95\".")
    private @Nullable String until;

    @Option(
            names = "--keep",
            paramLabel = "POLICY",
            description = "Keep only these checkpoints: best:3,last:1,every:10.")
    private @Nullable String keep;

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        RunPolicy policy = policy(context);
        if (revision != null && !temporary && !queue) {
            throw new CommandFailure(
                    ExitCodes.ERROR, "--rev can only be used in conjunction with --queue or --temp.", "");
        }
        if (runAll) {
            return QueuedRuns.run(context, jobs);
        }
        if (queue) {
            return queue(context, policy);
        }
        CommandIo io = context.io();
        ExperimentRequest request = request(io, name, overrides).with(policy);
        if (temporary) {
            ExperimentResult result =
                    new TemporaryRunner(context.project(), io.listener()).run(request, revision, copyPaths);
            return context.answer(result, () -> QueuedRuns.ending(List.of(result.name())));
        }
        ExperimentResult result = new ExperimentRunner(context.project(), io.listener()).run(request);
        if (io.notebook()) {
            return result;
        }
        context.gitHint(result.run().touched());
        return Text.exactly(ending(result));
    }

    private RunPolicy policy(CommandContext context) {
        boolean isSpecial = resume != null || until != null || keep != null;
        if (!isSpecial) {
            return RunPolicy.PLAIN;
        }
        if (runAll) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "--run-all runs experiments as they were queued",
                    "Give --resume, --until and --keep together with --queue.");
        }
        if (resume != null && revision != null) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--resume and --rev both say where to go on from", "Give one of them.");
        }
        if (resume != null && reset) {
            throw new CommandFailure(ExitCodes.USAGE, "--resume goes on and --reset starts over", "Give one of them.");
        }
        KeepPolicy kept = keep == null ? null : KeepPolicy.parse(keep);
        if (kept != null && kept.best() > 0) {
            Objective.of(context.project(), null); // says now, and not after the run, that none is set
        }
        return new RunPolicy(resume, until == null ? null : StopRule.parse(context.project(), until), kept);
    }

    private ExperimentRequest request(CommandIo io, @Nullable String named, List<String> changed) {
        boolean shares = io.sharesStreams() && !queue && !temporary;
        return new ExperimentRequest(
                options.request(shares, Set.of()),
                named,
                changed.stream().map(ParameterOverride::parse).toList(),
                reset,
                options.isForced(),
                message,
                io.stageEnvironment());
    }

    private @Nullable Object queue(CommandContext context, RunPolicy policy) {
        CommandIo io = context.io();
        QueueControl control = new QueueControl(context.project());
        boolean isSweep = ParameterSweep.isSweep(overrides);
        List<String> queued = new ArrayList<>();
        int number = 1;
        for (List<String> changed : ParameterSweep.expand(overrides, new Random())) {
            String named = isSweep && name != null ? name + "-" + number++ : name;
            QueueControl.Queued added = control.add(request(io, named, changed).with(policy), revision, copyPaths);
            if (revision != null || resume != null) {
                ConsoleListener.continuation(added.start())
                        .ifPresent(text -> io.out().print(text + "\n"));
            }
            if (!changed.isEmpty()) {
                io.out().print("Queueing with overrides '" + ParameterSweep.describe(changed) + "'.\n");
            }
            io.out().print("Queued experiment '" + added.name() + "' for future execution.\n");
            queued.add(added.name());
        }
        return io.notebook() ? queued : null;
    }

    private static String ending(ExperimentResult result) {
        return "\nRan experiment(s): " + result.name()
                + "\nExperiment results have been applied to your workspace.\n"
                + "\nTo promote an experiment to a Git branch run:\n\n\tdvc exp branch <exp> <branch>\n\n";
    }
}
