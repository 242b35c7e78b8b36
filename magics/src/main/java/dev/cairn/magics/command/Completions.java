package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.StageAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names in the project that may stand in a command. */
final class Completions {
    private final CommandContext context;

    Completions(CommandContext context) {
        this.context = context;
    }

    List<String> after(String command, String previousWord) {
        if (previousWord.equals("-S") || previousWord.equals("--set-param")) {
            return parameters().map(name -> name + "=").toList();
        }
        if (previousWord.startsWith("--include-p")
                || previousWord.startsWith("--exclude-p")
                || previousWord.equals("--sort-by")) {
            return parameters().toList();
        }
        return switch (command) {
            case "exp apply",
                    "exp diff",
                    "exp branch",
                    "exp remove",
                    "exp push",
                    "metrics diff",
                    "params diff",
                    "plots diff" -> experiments();
            case "repro",
                    "exp run",
                    "status",
                    "commit",
                    "checkout",
                    "push",
                    "pull",
                    "fetch",
                    "freeze",
                    "unfreeze",
                    "remove",
                    "dag" -> stages();
            default -> List.of();
        };
    }

    private List<String> experiments() {
        if (context.project().gitIfAny().isEmpty()) {
            return List.of();
        }
        return context.tools().experiments().all().keySet().stream()
                .map(ExperimentRef::name)
                .distinct()
                .toList();
    }

    private List<String> stages() {
        return PipelineReader.read(context.project().workspace()).stages().keySet().stream()
                .map(StageAddress::toString)
                .toList();
    }

    private Stream<String> parameters() {
        Map<String, FileValues> files =
                context.tools().params().read(context.tools().revision(RevisionData.WORKSPACE));
        return files.values().stream().flatMap(values -> values.flat().keySet().stream());
    }
}
