package dev.cairn.magics.command;

import dev.cairn.engine.data.CheckoutReport;
import dev.cairn.engine.data.DataCheckout;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code checkout}. */
final class CheckoutCommand extends DvcCommand {
    @Mixin
    private SelectionOptions options = new SelectionOptions();

    @Option(names = "--summary", description = "Only count what changed.")
    private boolean summary;

    @Option(
            names = {"-f", "--force"},
            description = "Replace content that the cache does not have.")
    private boolean force;

    @Option(names = "--relink", description = "Link all files anew, as cache.type says now.")
    private boolean relink;

    @Option(names = "--allow-missing", description = "Pass over what the cache does not have.")
    private boolean allowMissing;

    @Override
    Object run(CommandContext context) {
        CheckoutReport report = new DataCheckout(context.project())
                .checkout(options.selection(), new DataCheckout.Options(force, relink, allowMissing));
        Changes.warnOfUnknown(context, report);
        String done = summary ? Changes.summary(report) : Changes.list(report);
        if (!report.missing().isEmpty()) {
            context.io().out().print(done);
            throw Changes.missing(report, ExitCodes.ERROR);
        }
        return Text.exactly(relink ? done + "Relinked successfully\n" : done);
    }
}
