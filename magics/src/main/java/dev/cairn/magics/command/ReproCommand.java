package dev.cairn.magics.command;

import dev.cairn.engine.data.RemotePull;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.Reproducer;
import dev.cairn.engine.reproduce.RunMode;
import dev.cairn.magics.render.MetricsReport;
import dev.cairn.magics.render.Text;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repro}. */
final class ReproCommand extends DvcCommand {
    @Mixin
    private ReproduceOptions options = new ReproduceOptions();

    @Option(names = "--no-commit", description = "Leave the cache alone.")
    private boolean noCommit;

    @Option(names = "--no-run-cache", description = "Run stages even if their results are known.")
    private boolean noRunCache;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "Run up to N stages at the same time that do not need each other.")
    private int jobs = 1;

    @Override
    Object run(CommandContext context) throws InterruptedException {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (noCommit) {
            flags.add(Flag.NO_COMMIT);
        }
        if (noRunCache) {
            flags.add(Flag.NO_RUN_CACHE);
        }
        Object answer = reproduce(context, options.request(context.io().sharesStreams(), flags), jobs);
        if (options.showsMetrics() && answer instanceof Text text) {
            ProjectTools tools = context.tools();
            Map<String, Map<String, FileValues>> metrics = new LinkedHashMap<>();
            tools.metrics()
                    .show(List.of(tools.revision(RevisionData.WORKSPACE)), List.of(), false)
                    .forEach(values -> metrics.put("", values.files()));
            return Text.exactly(text.text() + new MetricsReport(metrics, 0).text());
        }
        return answer;
    }

    /** Runs the stages and says what to do with what they wrote. */
    static Object reproduce(CommandContext context, ReproduceRequest request, int jobs) throws InterruptedException {
        CommandIo io = context.io();
        try (ProjectLock lock = new ProjectLock(context.project())) {
            ReproduceResult result = new Reproducer(
                            context.project(),
                            lock,
                            request,
                            RunMode.reproduction(io.stageEnvironment()),
                            io.listener())
                    .pullingFrom(new RemotePull(context.project(), io.listener()))
                    .asking(io.consent())
                    .withJobs(jobs)
                    .run();
            return answer(context, result);
        }
    }

    private static Object answer(CommandContext context, ReproduceResult result) {
        if (result.isUpToDate()) {
            return context.answer(result, () -> "Data and pipelines are up to date.\n");
        }
        if (context.io().notebook()) {
            return result;
        }
        context.gitHint(result.touched());
        return Text.lines("Use `dvc push` to send your updates to remote storage.");
    }
}
