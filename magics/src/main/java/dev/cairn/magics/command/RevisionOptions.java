package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentSelection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that choose the commits whose experiments are meant. */
final class RevisionOptions {
    @Option(
            names = {"-A", "--all-commits"},
            description = "Experiments of all commits.")
    boolean allCommits;

    @Option(
            names = "--rev",
            paramLabel = "COMMIT",
            description = "Experiments of this commit; may be given several times.")
    List<String> revisions = new ArrayList<>();

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "Experiments of so many commits back; negative for all.")
    int num = 1;

    ExperimentSelection selection(List<String> names) {
        return new ExperimentSelection(names, revisions, num, allCommits);
    }
}
