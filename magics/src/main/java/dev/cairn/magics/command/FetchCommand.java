package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code fetch}. */
final class FetchCommand extends DvcCommand {
    @Mixin
    private TransferOptions options = new TransferOptions();

    @Override
    Object run(CommandContext context) throws InterruptedException {
        int imported = options.fetchImports(context, "failed to fetch data from the cloud");
        Transferred done = context.orFailAlways("failed to fetch data from the cloud", () -> options.fetch(context));
        TransferOptions.check(context, done, "fetch");
        List<String> parts = new ArrayList<>();
        Changes.count(parts, done.transferred() + imported, "fetched");
        return Text.lines(parts.isEmpty() ? "Everything is up to date." : Changes.joined(parts));
    }
}
