package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentCleaner;
import dev.cairn.magics.render.Text;

/** {@code exp clean}. */
final class ExpCleanCommand extends DvcCommand {
    @Override
    Object run(CommandContext context) {
        var cleaner = new ExperimentCleaner(context.project());
        context.io().out().print("Cleaning up dvc-task messages...\n");
        cleaner.clean();
        return Text.lines("Done!");
    }
}
