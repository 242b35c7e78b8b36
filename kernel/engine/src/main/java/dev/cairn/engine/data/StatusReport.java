package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.engine.reproduce.ChangeReason.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code status} tells.
 *
 * @param stages those with changes
 * @param warnings about stages that are not looked at in full
 * @param isNothingTracked whether the project has no stage and no data at all
 */
public record StatusReport(List<StageChanges> stages, List<String> warnings, boolean isNothingTracked) {
    public StatusReport {
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
    }

    /** One stage's changes. */
    public record StageChanges(StageAddress stage, List<ChangeReason> changes) {}

    public boolean isClean() {
        return stages.isEmpty();
    }

    /** The structure of DVC's {@code status --json}. */
    public Map<String, Object> toJson() {
        Map<String, Object> out = new LinkedHashMap<>();
        stages.forEach(s -> out.put(s.stage().toString(), toJson(s.changes())));
        return out;
    }

    private static List<Object> toJson(List<ChangeReason> changes) {
        Map<String, Object> dependencies = new LinkedHashMap<>();
        Map<String, Object> outputs = new LinkedHashMap<>();
        List<Object> plain = new ArrayList<>();
        for (ChangeReason change : changes) {
            switch (change.kind()) {
                case DEPENDENCY -> dependencies.put(
                        change.path(), change.state().label());
                case OUTPUT -> outputs.put(change.path(), change.state().label());
                case PARAMETER -> parameters(dependencies, change.path())
                        .put(change.key(), change.state().label());
                case COMMAND, ALWAYS, CHECKSUM -> plain.add(change.describe());
            }
        }
        List<Object> out = new ArrayList<>();
        if (!dependencies.isEmpty()) {
            out.add(Map.of("changed deps", dependencies));
        }
        if (!outputs.isEmpty()) {
            out.add(Map.of("changed outs", outputs));
        }
        out.addAll(plain);
        return out;
    }

    @SuppressWarnings("unchecked") // only ever filled here
    private static Map<String, Object> parameters(Map<String, Object> dependencies, String file) {
        return (Map<String, Object>) dependencies.computeIfAbsent(file, f -> new LinkedHashMap<String, Object>());
    }

    /** Whether any stage changed in that way. */
    public boolean has(Kind kind) {
        return stages.stream().anyMatch(s -> s.changes().stream().anyMatch(c -> c.kind() == kind));
    }
}
