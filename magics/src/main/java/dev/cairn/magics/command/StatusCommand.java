package dev.cairn.magics.command;

import dev.cairn.engine.data.StatusReader;
import dev.cairn.engine.data.StatusReport;
import dev.cairn.magics.render.StatusRendering;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}. */
final class StatusCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stages or files; all when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Override
    Object run(CommandContext context) {
        StatusReport report = new StatusReader(context.project()).read(targets);
        context.warn(report.warnings());
        if (quiet && !report.isClean()) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "", "");
        }
        var rendering = new StatusRendering(report);
        return json ? Text.lines(rendering.json()) : context.answer(report, rendering::text);
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of(
                "-c",
                "--cloud",
                "-r",
                "--remote",
                "-a",
                "--all-branches",
                "-T",
                "--all-tags",
                "-A",
                "--all-commits",
                "-d",
                "--with-deps",
                "-R",
                "--recursive",
                "-j",
                "--jobs");
    }
}
