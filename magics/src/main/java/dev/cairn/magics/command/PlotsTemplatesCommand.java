package dev.cairn.magics.command;

import dev.cairn.magics.render.Text;
import dev.cairn.magics.render.VegaLite;
import dev.cairn.store.json.PythonJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code plots templates}. */
final class PlotsTemplatesCommand extends DvcCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Print this one; list all when it is not given.")
    private @Nullable String name;

    @Override
    Object run(CommandContext context) {
        if (name == null) {
            return Text.lines(String.join("\n", VegaLite.TEMPLATES));
        }
        return Text.lines(PythonJson.dumps(VegaLite.template(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.ERROR,
                        "unexpected error - Template '%s' not found.".formatted(name),
                        "`plots templates` lists the templates there are."))));
    }
}
