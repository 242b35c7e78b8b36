package dev.cairn.engine.experiment;

import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of a run that waits: DVC keeps them beside the files, in {@code .dvc/tmp/repro.dat}.
 *
 * @param environment added to that of every stage's command
 */
record PackedArguments(List<String> targets, Set<Flag> flags, boolean reset, Map<String, String> environment) {
    static final String FILE = ".dvc/tmp/repro.dat";

    private static final Map<String, Flag> NAMES = names();

    PackedArguments {
        targets = List.copyOf(targets);
        flags = Set.copyOf(flags);
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    private static Map<String, Flag> names() {
        Map<String, Flag> flags = new LinkedHashMap<>();
        flags.put("single_item", Flag.SINGLE_ITEM);
        flags.put("force", Flag.FORCE);
        flags.put("dry", Flag.DRY);
        flags.put("pipeline", Flag.PIPELINE);
        flags.put("all_pipelines", Flag.ALL_PIPELINES);
        flags.put("downstream", Flag.DOWNSTREAM);
        flags.put("force_downstream", Flag.FORCE_DOWNSTREAM);
        flags.put("recursive", Flag.RECURSIVE);
        flags.put("pull", Flag.PULL);
        flags.put("allow_missing", Flag.ALLOW_MISSING);
        return flags;
    }

    byte[] write() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("run_env", environment);
        options.put("reset", reset);
        options.put("targets", targets);
        for (String name : List.of(
                "single_item",
                "force",
                "dry",
                "interactive",
                "pipeline",
                "all_pipelines",
                "downstream",
                "recursive",
                "force_downstream",
                "pull",
                "allow_missing")) {
            Flag flag = NAMES.get(name);
            options.put(name, flag != null && flags.contains(flag));
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("args", new Object[0]);
        whole.put("kwargs", options);
        return Pickle.write(whole);
    }

    /** @throws Pickle.PickleException when it is damaged */
    static PackedArguments read(byte[] pickle) {
        Map<?, ?> options =
                Pickle.read(pickle) instanceof Map<?, ?> whole && whole.get("kwargs") instanceof Map<?, ?> map
                        ? map
                        : Map.of();
        List<String> targets = options.get("targets") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        NAMES.forEach((name, flag) -> {
            if (Boolean.TRUE.equals(options.get(name))) {
                flags.add(flag);
            }
        });
        Map<String, String> environment = new LinkedHashMap<>();
        if (options.get("run_env") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        }
        return new PackedArguments(targets, flags, Boolean.TRUE.equals(options.get("reset")), environment);
    }

    ReproduceRequest request() {
        return new ReproduceRequest(targets, flags, false);
    }
}
