package dev.cairn.engine.hydra;

import dev.cairn.engine.hydra.ConfigDirectory.Config;
import dev.cairn.engine.hydra.DefaultsList.Part;
import dev.cairn.engine.params.ParameterOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The configuration that Hydra composes of a directory of files, without Hydra's own settings and without plugins. */
public final class HydraConfiguration {
    private final ConfigDirectory directory;
    private final String name;
    private final Function<String, Optional<String>> environment;

    /**
     * @param directory with the configurations and their groups
     * @param name of the primary configuration, without its ending
     * @param environment variables for {@code ${oc.env:…}}
     */
    public HydraConfiguration(Path directory, String name, Function<String, Optional<String>> environment) {
        this.directory = new ConfigDirectory(directory.normalize());
        this.name = name;
        this.environment = environment;
    }

    /**
     * Composes it: the parts of the defaults lists, later ones over earlier ones, then the overrides, then references.
     *
     * @param overrides of groups ({@code db=mysql}) and of values ({@code db.port=1}), in order
     */
    public Map<String, @Nullable Object> compose(List<ParameterOverride> overrides) {
        List<ParameterOverride> groups = new ArrayList<>();
        List<ParameterOverride> values = new ArrayList<>();
        for (ParameterOverride override : overrides) {
            if (!override.key().startsWith("hydra.") && !override.key().startsWith("hydra/")) {
                boolean isGroup = directory.isGroup(override.key()) && !(override.value() instanceof Map);
                (isGroup ? groups : values).add(override);
            }
        }
        Map<String, @Nullable Object> composed = new LinkedHashMap<>();
        for (Part part : new DefaultsList(directory, groups).resolve(name)) {
            Config config = directory.load(part.path()).orElseThrow();
            merge(composed, placed(part.place(), config.values()));
        }
        composed.remove("hydra");
        for (ParameterOverride override : values) {
            composed = override.applyTo(composed);
        }
        return new Interpolations(composed, environment).resolve();
    }

    private static Map<String, @Nullable Object> placed(String place, Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> placed = values;
        List<String> names = place.isEmpty() ? List.of() : List.of(place.split("\\.", -1));
        for (int i = names.size() - 1; i >= 0; i--) {
            Map<String, @Nullable Object> outer = new LinkedHashMap<>();
            outer.put(names.get(i), placed);
            placed = outer;
        }
        return placed;
    }

    private static void merge(Map<String, @Nullable Object> into, Map<?, ?> from) {
        from.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object old = into.get(name);
            if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> merged = new LinkedHashMap<>();
                if (old instanceof Map<?, ?> before) {
                    merge(merged, before);
                }
                merge(merged, map);
                into.put(name, merged);
            } else if (!"???".equals(value) || !into.containsKey(name)) {
                into.put(name, value);
            }
        });
    }
}
