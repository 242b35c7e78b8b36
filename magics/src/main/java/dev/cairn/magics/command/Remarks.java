package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentAnnotator.Annotated;
import dev.cairn.magics.render.Text;
import java.util.List;
import java.util.stream.Collectors;

/** Says what is remarked about experiments now. */
final class Remarks {
    private Remarks() {}

    static Text text(List<Annotated> all) {
        return Text.exactly(all.stream()
                .map(one -> {
                    String shown = one.annotation().shown();
                    return "%s [%s] %s\n"
                            .formatted(
                                    one.revision().substring(0, 7),
                                    one.experiment().name(),
                                    shown.isEmpty() ? "has no remarks" : shown);
                })
                .collect(Collectors.joining()));
    }
}
