package dev.cairn.magics.command;

import dev.cairn.engine.data.Unprotector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code unprotect}. */
final class UnprotectCommand extends DvcCommand {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.")
    private List<String> targets = new ArrayList<>();

    @Override
    @Nullable
    Object run(CommandContext context) {
        new Unprotector(context.project()).unprotect(targets);
        return null;
    }
}
