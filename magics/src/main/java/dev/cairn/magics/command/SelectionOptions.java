package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.TargetSelection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say what of the project a command is for. */
final class SelectionOptions {
    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stages or files; all when none is given.")
    List<String> targets = new ArrayList<>();

    @Option(
            names = {"-d", "--with-deps"},
            description = "Also the stages that the targets need.")
    boolean withDependencies;

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories with stages and .dvc files in them.")
    boolean recursive;

    TargetSelection selection() {
        return new TargetSelection(targets, withDependencies, recursive);
    }
}
