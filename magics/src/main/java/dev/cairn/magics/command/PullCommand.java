package dev.cairn.magics.command;

import dev.cairn.engine.data.CheckoutReport;
import dev.cairn.engine.data.DataCheckout;
import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.magics.render.Text;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pull}. */
final class PullCommand extends DvcCommand {
    @Mixin
    private TransferOptions options = new TransferOptions();

    @Option(
            names = {"-f", "--force"},
            description = "Replace content that the cache does not have.")
    private boolean force;

    @Option(names = "--glob", description = "Take targets for patterns with * ? [..] and **.")
    private boolean glob;

    @Option(names = "--allow-missing", description = "Pass over what neither cache nor remote have.")
    private boolean allowMissing;

    @Override
    Object run(CommandContext context) throws InterruptedException {
        String prefix = "failed to pull data from the cloud";
        if (glob) {
            context.orFailAlways(prefix, () -> options.expand(context));
        }
        int imported = options.fetchImports(context, prefix);
        Transferred fetched = context.orFailAlways(prefix, () -> options.fetch(context));
        TransferOptions.check(context, fetched, "fetch");
        CheckoutReport report = context.orFailAlways(prefix, () -> new DataCheckout(context.project())
                .checkout(options.options.selection(), new DataCheckout.Options(force, false, allowMissing)));
        Changes.warnOfUnknown(context, report);
        List<String> parts = Changes.counts(report);
        Changes.count(parts, fetched.transferred() + imported, "fetched");
        String done =
                Changes.list(report) + (parts.isEmpty() ? "Everything is up to date." : Changes.joined(parts)) + "\n";
        if (!report.missing().isEmpty()) {
            context.io().out().print(done);
            CommandFailure missing = Changes.missing(report, ExitCodes.DIFFERENT);
            throw new CommandFailure(missing.exitCode(), prefix + " - " + missing.getMessage(), missing.hint());
        }
        return Text.exactly(done);
    }
}
