package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.engine.experiment.ExperimentExchange;
import dev.cairn.engine.experiment.ExperimentExchange.Exchanged;
import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp push}. */
final class ExpPushCommand extends DvcCommand {
    @Mixin
    private ExchangeOptions options = new ExchangeOptions();

    @Option(
            names = {"-f", "--force"},
            description = "Replace experiments of the remote that have diverged.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        var exchange = new ExperimentExchange(context.project());
        Exchanged done = exchange.push(options.remote, options.selection(), force);
        if (!done.diverged().isEmpty()) {
            context.io()
                    .err()
                    .print(("Local experiment %s has diverged from remote experiment with the same name.\n"
                                    + "To override the remote experiment re-run with '--force'.\n")
                            .formatted(names(done.diverged())));
        }
        StringBuilder text = new StringBuilder();
        if (!done.upToDate().isEmpty()) {
            text.append("Experiment %s %s up to date on Git remote '%s'.\n"
                    .formatted(names(done.upToDate()), done.upToDate().size() > 1 ? "are" : "is", options.remote));
        }
        if (!done.moved().isEmpty()) {
            text.append("Pushed experiment %s to Git remote '%s'.\n".formatted(names(done.moved()), options.remote));
        }
        if (done.present().isEmpty()) {
            text.append("No experiments to push.\n");
        }
        if (options.withoutCache) {
            text.append(
                    "To push cached outputs for this experiment to DVC remote storage,re-run this command without '--no-cache'.\n");
            return Text.exactly(text.toString());
        }
        if (!done.present().isEmpty()) {
            context.io().out().print(text);
            text.setLength(0);
            Transferred sent = context.orFailAlways("failed to push cache", () -> options.transfer(context)
                    .push(exchange.content(done.present()), options.runCache));
            TransferOptions.check(context, sent, "push");
            List<String> parts = new ArrayList<>();
            Changes.count(parts, sent.transferred(), "uploaded");
            text.append(parts.isEmpty() ? "" : Changes.joined(parts) + "\n");
        }
        return Text.exactly(text.toString());
    }

    private static String names(List<ExperimentRef> refs) {
        return Changes.joined(refs.stream().map(ExperimentRef::name).toList());
    }
}
