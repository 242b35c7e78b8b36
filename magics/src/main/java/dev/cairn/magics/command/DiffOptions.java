package dev.cairn.magics.command;

import dev.cairn.engine.metric.RevisionData;
import dev.cairn.magics.render.DiffReport;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that the commands share which compare two revisions. */
final class DiffOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "A",
            description = "Experiment, checkpoint or commit; HEAD when it is not given.")
    private String from = "HEAD";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "The same; the workspace when it is not given.")
    private String to = RevisionData.WORKSPACE;

    @Option(names = "--all", description = "Show what did not change, too.")
    boolean all;

    @Option(names = "--no-path", description = "Leave out the column of files.")
    private boolean noPath;

    @Option(names = "--precision", paramLabel = "N", description = "Digits of numbers.")
    int precision;

    @Mixin
    private FormatOptions format = new FormatOptions();

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    boolean withPath() {
        return !noPath;
    }

    Object answer(CommandContext context, DiffReport report) {
        if (format.json) {
            return Text.lines(report.json());
        }
        return format.markdown ? Text.markdown(report.markdown()) : context.answer(report, report::text);
    }
}
