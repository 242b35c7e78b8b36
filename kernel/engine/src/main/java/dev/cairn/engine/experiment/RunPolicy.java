package dev.cairn.engine.experiment;

import dev.cairn.engine.project.Project;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Cairn does about an experiment beside what DVC does.
 *
 * @param resume the checkpoint to go on from, as typed; empty for the last one, null to go on when there is something to go on from
 * @param until when to stop; null to let the pipeline end by itself
 * @param keep which checkpoints stay; null for all
 */
public record RunPolicy(@Nullable String resume, @Nullable StopRule until, @Nullable KeepPolicy keep) {
    /** Nothing special. */
    public static final RunPolicy PLAIN = new RunPolicy(null, null, null);

    private static final String UNTIL = "CAIRN_EXP_UNTIL";
    private static final String KEEP = "CAIRN_EXP_KEEP";

    /** What a run that waits takes along. They are variables, for DVC passes those on and fails with arguments that it does not know. */
    Map<String, String> toVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (until != null) {
            variables.put(UNTIL, until.toString());
        }
        if (keep != null) {
            variables.put(KEEP, keep.toString());
        }
        return variables;
    }

    /** The policy of a run that waited; where it goes on from was settled before. Takes its variables out of the others. */
    static RunPolicy takeFrom(Map<String, String> variables, Project project) {
        String until = variables.remove(UNTIL);
        String keep = variables.remove(KEEP);
        return new RunPolicy(
                null,
                until == null ? null : StopRule.parse(project, until),
                keep == null ? null : KeepPolicy.parse(keep));
    }
}
