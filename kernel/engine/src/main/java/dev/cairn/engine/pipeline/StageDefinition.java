package dev.cairn.engine.pipeline;

import dev.cairn.engine.params.ParameterFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stage as {@code stage add} takes it, before it is written.
 *
 * @param command null to keep that of the stage which is replaced
 * @param dependencies paths as typed
 * @param params as typed: {@code name,name} or {@code file:name,name} or {@code file:}
 */
public record StageDefinition(
        String name,
        @Nullable String command,
        List<String> dependencies,
        List<String> params,
        List<OutputDefinition> outputs,
        @Nullable String workingDirectory,
        boolean alwaysChanged,
        @Nullable String description) {
    public StageDefinition {
        dependencies = List.copyOf(dependencies);
        params = List.copyOf(params);
        outputs = List.copyOf(outputs);
    }

    /** One {@code -o}, {@code -O}, {@code -c}, {@code -m}, {@code -M}, {@code --plots} or similar. */
    public record OutputDefinition(String path, Output.Kind kind, boolean cached, boolean persist, boolean checkpoint) {
        Object toYaml() {
            Map<String, Object> options = new LinkedHashMap<>();
            if (!cached) {
                options.put("cache", false);
            }
            if (checkpoint) {
                options.put("checkpoint", true);
            }
            if (persist) {
                options.put("persist", true);
            }
            return options.isEmpty() ? path : Map.of(path, options);
        }
    }

    /** The body in dvc.yaml, keys in DVC's order; without {@code cmd} when the command is null. */
    Map<String, @Nullable Object> toYaml() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (description != null) {
            body.put("desc", description);
        }
        if (command != null) {
            body.put("cmd", command);
        }
        if (workingDirectory != null) {
            body.put("wdir", workingDirectory);
        }
        if (!dependencies.isEmpty()) {
            body.put("deps", List.copyOf(new TreeSet<>(dependencies)));
        }
        if (!params.isEmpty()) {
            body.put("params", paramsToYaml());
        }
        put(body, "outs", Output.Kind.OUTPUT);
        put(body, "metrics", Output.Kind.METRIC);
        put(body, "plots", Output.Kind.PLOT);
        if (alwaysChanged) {
            body.put("always_changed", true);
        }
        return body;
    }

    private List<Object> paramsToYaml() {
        TreeSet<String> defaults = new TreeSet<>();
        Map<String, TreeSet<String>> files = new TreeMap<>();
        for (String param : params) {
            int colon = param.indexOf(':');
            String file = colon < 0 ? ParameterFile.DEFAULT : param.substring(0, colon);
            TreeSet<String> keys = file.equals(ParameterFile.DEFAULT) && !param.endsWith(":")
                    ? defaults
                    : files.computeIfAbsent(file, f -> new TreeSet<>());
            for (String key : param.substring(colon + 1).split(",", -1)) {
                if (!key.isBlank()) {
                    keys.add(key.strip());
                }
            }
        }
        List<Object> out = new ArrayList<>(defaults);
        files.forEach((file, keys) -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put(file, keys.isEmpty() ? null : List.copyOf(keys));
            out.add(entry);
        });
        return out;
    }

    private void put(Map<String, @Nullable Object> body, String key, Output.Kind kind) {
        List<Object> list = outputs.stream()
                .filter(o -> o.kind() == kind)
                .sorted(Comparator.comparing(OutputDefinition::path))
                .map(OutputDefinition::toYaml)
                .toList();
        if (!list.isEmpty()) {
            body.put(key, list);
        }
    }
}
