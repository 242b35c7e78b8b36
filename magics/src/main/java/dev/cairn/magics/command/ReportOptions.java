package dev.cairn.magics.command;

import dev.cairn.magics.render.Report;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Option;

/** In which form a report is printed. */
final class ReportOptions {
    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Option(
            names = {"--md", "--show-md"},
            description = "Write Markdown.")
    private boolean markdown;

    Object answer(CommandContext context, Report report) {
        if (json) {
            return Text.lines(report.json());
        }
        if (markdown) {
            return Text.markdown(report.markdown());
        }
        return context.answer(report, report::text);
    }
}
