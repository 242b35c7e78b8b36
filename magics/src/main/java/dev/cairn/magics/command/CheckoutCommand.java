package dev.cairn.magics.command;

import dev.cairn.engine.data.CheckoutReport;
import dev.cairn.engine.data.DataCheckout;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code checkout}. */
final class CheckoutCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stages or files; all when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--summary", description = "Only count what changed.")
    private boolean summary;

    @Option(
            names = {"-f", "--force"},
            description = "Replace content that the cache does not have.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        CheckoutReport report = new DataCheckout(context.project()).checkout(targets, force);
        String done = summary ? Changes.summary(report) : Changes.list(report);
        if (!report.missing().isEmpty()) {
            context.io().out().print(done);
            throw Changes.missing(report);
        }
        return Text.exactly(done);
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("-d", "--with-deps", "-R", "--recursive", "--relink");
    }
}
