package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentSaver;
import dev.cairn.engine.experiment.ExperimentSaver.Saved;
import dev.cairn.magics.render.Text;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code exp save}. */
final class ExpSaveCommand extends DvcCommand {
    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Name of the experiment; made up when it is not given.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--force"},
            description = "Replace an experiment of the same name.")
    private boolean force;

    @Option(
            names = {"-I", "--include-untracked"},
            paramLabel = "PATH",
            description = "Also this file or directory that Git does not track; may be given several times.")
    private List<String> untracked = new ArrayList<>();

    @Option(
            names = {"-M", "--message"},
            paramLabel = "TEXT",
            description = "Message of the commit.")
    private @Nullable String message;

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Override
    Object run(CommandContext context) {
        var request = new ExperimentSaver.Request(name, force, untracked, message);
        Saved saved =
                context.orFail("failed to save experiment", () -> new ExperimentSaver(context.project()).save(request));
        if (!saved.leftOut().isEmpty()) {
            context.warn(List.of(
                    "The following untracked files were present in the workspace before saving but will not be included in the experiment commit:\n\t"
                            + String.join(", ", saved.leftOut())));
        }
        if (json) {
            return Text.lines(PythonJson.dumps(Map.of("ref", saved.ref().refName())));
        }
        return Text.exactly("Experiment has been saved as: " + saved.ref().name()
                + "\n\nTo promote an experiment to a Git branch run:\n\n\tdvc exp branch <exp> <branch>\n\n");
    }
}
