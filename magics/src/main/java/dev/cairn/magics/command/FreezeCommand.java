package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.StageFreezer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code freeze} and {@code unfreeze}. */
final class FreezeCommand extends DvcCommand {
    private final boolean frozen;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Stages or .dvc files.")
    private List<String> targets = new ArrayList<>();

    FreezeCommand(boolean frozen) {
        this.frozen = frozen;
    }

    @Override
    @Nullable
    Object run(CommandContext context) {
        StageFreezer freezer = new StageFreezer(context.project());
        for (String target : targets) {
            StageAddress stage = context.orFail(
                    "failed to %s '%s'".formatted(frozen ? "freeze" : "unfreeze", target),
                    () -> freezer.freeze(target, frozen));
            if (!stage.isDataFile()) {
                context.io().out().print("Modifying stage '%s' in '%s'\n".formatted(stage.name(), stage.file()));
            }
        }
        return null;
    }
}
