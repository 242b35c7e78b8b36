package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.engine.experiment.ExperimentExchange;
import dev.cairn.engine.experiment.ExperimentExchange.Exchanged;
import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.magics.render.Text;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp pull}. */
final class ExpPullCommand extends DvcCommand {
    @Mixin
    private ExchangeOptions options = new ExchangeOptions();

    @Option(
            names = {"-f", "--force"},
            description = "Replace experiments here that have diverged.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        var exchange = new ExperimentExchange(context.project());
        Exchanged done = exchange.pull(options.remote, options.selection(), force);
        if (!done.diverged().isEmpty()) {
            context.warn(List.of(
                    "Local experiment '%s' has diverged from remote experiment with the same name. To override the local experiment re-run with '--force'."
                            .formatted(names(done.diverged()))));
        }
        if (!options.withoutCache && !done.present().isEmpty()) {
            Transferred fetched =
                    context.orFailAlways("failed to fetch data from the cloud", () -> options.transfer(context)
                            .fetch(exchange.content(done.present()), options.runCache));
            TransferOptions.check(context, fetched, "fetch");
        }
        String hint = options.withoutCache
                ? "To pull cached outputs for this experimentfrom DVC remote storage,re-run this command without '--no-cache'.\n"
                : "";
        return Text.exactly((done.moved().isEmpty()
                        ? "No experiments to pull.\n"
                        : "Pulled experiment '%s' from Git remote '%s'.\n"
                                .formatted(names(done.moved()), options.remote))
                + hint);
    }

    /** As Python writes a list. */
    private static String names(List<ExperimentRef> refs) {
        return refs.stream().map(ref -> "'" + ref.name() + "'").collect(Collectors.joining(", ", "[", "]"));
    }
}
