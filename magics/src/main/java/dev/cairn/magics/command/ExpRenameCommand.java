package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRenamer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp rename}, which DVC has since 3.0. */
final class ExpRenameCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of the experiment.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Its new name.")
    private String newName = "";

    @Option(
            names = {"-f", "--force"},
            description = "Replace an experiment that has the new name.")
    private boolean force;

    @Override
    @Nullable
    Object run(CommandContext context) {
        new ExperimentRenamer(context.project()).rename(name, newName, force);
        return null;
    }
}
