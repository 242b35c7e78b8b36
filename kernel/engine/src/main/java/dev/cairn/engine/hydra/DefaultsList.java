package dev.cairn.engine.hydra;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.hydra.ConfigDirectory.Config;
import dev.cairn.engine.params.ParameterOverride;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Works out which configurations are composed, and in which order, from the defaults lists and the overrides of groups. Lists are read
 * from their end, so that an {@code override} further down is known before what it changes is looked at.
 */
final class DefaultsList {
    private static final Pattern KEY =
            Pattern.compile("(?:(optional|override)\\s+)?(?:(optional|override)\\s+)?([^@\\s]+)(?:@(\\S*))?");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final ConfigDirectory directory;
    private final Map<String, @Nullable Object> overrides = new LinkedHashMap<>();
    private final Map<String, @Nullable String> deletions = new LinkedHashMap<>();
    private final List<DefaultsEntry> appended = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, @Nullable String> choices = new LinkedHashMap<>();

    /** @param overrides those of groups; the others are not looked at */
    DefaultsList(ConfigDirectory directory, List<ParameterOverride> overrides) {
        this.directory = directory;
        for (ParameterOverride override : overrides) {
            add(override);
        }
    }

    /**
     * A configuration and where its values go.
     *
     * @param place dotted; empty for the top
     */
    record Part(String path, String place) {}

    private void add(ParameterOverride override) {
        String key = override.key() + (override.place().isEmpty() ? "" : "@" + override.place());
        Object value = override.value();
        switch (override.operation()) {
            case REMOVE -> deletions.put(key, value == null ? null : value.toString());
            case CHANGE -> overrides.put(key, options(key, value));
            case ADD -> {
                DefaultsEntry entry = new DefaultsEntry(
                        override.key(),
                        null,
                        List.of(),
                        override.place().isEmpty() ? null : override.place(),
                        false,
                        false,
                        "",
                        "");
                appended.add(choose(entry, options(key, value)));
            }
            case ADD_OR_CHANGE -> throw new EngineException(
                    "force-add of config groups is not supported: '++%s=%s'".formatted(key, value),
                    "Add it with +%s=%s, or change it with %s=%s.".formatted(key, value, key, value));
        }
    }

    private static Object options(String key, @Nullable Object value) {
        if (value instanceof String || value instanceof List<?>) {
            return value;
        }
        throw new EngineException(
                "Config group override must be a string or a list: '%s=%s'".formatted(key, value),
                "Name one of the group's configurations.");
    }

    private static DefaultsEntry choose(DefaultsEntry entry, @Nullable Object value) {
        return value instanceof List<?> list
                ? entry.with(list.stream().map(String::valueOf).toList())
                : entry.with(value == null ? null : value.toString());
    }

    /**
     * The parts in the order in which they are merged.
     *
     * @param name of the primary configuration
     */
    List<Part> resolve(String name) {
        DefaultsEntry primary = new DefaultsEntry(null, name, List.of(), null, false, false, "", "");
        if (directory.load(primary.configPath()).isEmpty()) {
            throw new UnknownNameException(
                    "Cannot find primary config '%s' in '%s'.".formatted(name, directory.root()),
                    "`config hydra.config_dir` and `config hydra.config_name` say where it is.");
        }
        List<Part> parts = expand(primary, true);
        Collections.reverse(parts);
        for (String key : overrides.keySet()) {
            if (!used.contains(key)) {
                throw new UnknownNameException(
                        "Could not override '%s'. No match in the defaults list.%nTo append to your default list use +%s=%s"
                                .formatted(key, key, overrides.get(key)),
                        "Groups in the defaults list: " + String.join(", ", choices.keySet()) + ".");
            }
        }
        for (String key : deletions.keySet()) {
            if (!used.contains("~" + key)) {
                throw new UnknownNameException(
                        "Could not delete '%s'. No match in the defaults list".formatted(key),
                        "Groups in the defaults list: " + String.join(", ", choices.keySet()) + ".");
            }
        }
        return parts;
    }

    /** The parts of a configuration and of what its defaults list names, the last first. */
    private List<Part> expand(DefaultsEntry node, boolean isPrimary) {
        if (node.group() != null) {
            String key = node.overrideKey();
            if (deletions.containsKey(key)
                    && (deletions.get(key) == null || java.util.Objects.equals(deletions.get(key), node.option()))) {
                used.add("~" + key);
                return new ArrayList<>();
            }
            requireOneChoice(key, node.option());
            if (node.option() == null) {
                return new ArrayList<>();
            }
        }
        String path = node.configPath();
        if (path.endsWith("???")) {
            throw new UnknownNameException(
                    "You must specify '%s', e.g, %s=<OPTION>%nAvailable options:%n\t%s"
                            .formatted(
                                    node.overrideKey(),
                                    node.overrideKey(),
                                    String.join("\n\t", directory.options(node.groupPath()))),
                    "Choose with -S %s=OPTION.".formatted(node.overrideKey()));
        }
        Optional<Config> found = directory.load(path);
        if (found.isEmpty()) {
            if (node.isOptional()) {
                return new ArrayList<>();
            }
            throw missing(node, path);
        }
        return parts(node, found.get(), isPrimary);
    }

    private List<Part> parts(DefaultsEntry node, Config config, boolean isPrimary) {
        String place = node.finalPlace(header(config));
        List<DefaultsEntry> entries = new ArrayList<>();
        for (Object item : config.defaults()) {
            entries.add(entry(node.configPath(), item, node.groupPath(), place));
        }
        boolean hasSelf = entries.stream().anyMatch(DefaultsEntry::isSelf);
        if (!hasSelf) {
            entries.add(new DefaultsEntry(null, DefaultsEntry.SELF, List.of(), null, false, false, "", ""));
        }
        if (isPrimary) {
            entries.addAll(appended);
        }
        entries.stream().filter(DefaultsEntry::isOverride).forEach(this::override);
        List<List<Part>> expanded = new ArrayList<>();
        Map<Integer, DefaultsEntry> deferred = new LinkedHashMap<>();
        Collections.reverse(entries);
        for (DefaultsEntry written : entries) {
            if (written.isOverride()) {
                continue;
            }
            DefaultsEntry entry = written.isSelf() ? written : chosen(written);
            if (entry.isSelf()) {
                expanded.add(List.of(new Part(node.configPath(), place)));
            } else if (!entry.options().isEmpty()) {
                List<String> options = new ArrayList<>(entry.options());
                Collections.reverse(options);
                options.forEach(option -> expanded.add(expand(entry.single(option), false)));
            } else if (entry.option() != null && entry.option().contains("${")) {
                deferred.put(expanded.size(), entry);
                expanded.add(List.of());
            } else {
                expanded.add(expand(entry, false));
            }
        }
        deferred.forEach((index, entry) -> expanded.set(index, expand(entry.with(refer(entry)), false)));
        List<Part> parts = new ArrayList<>();
        expanded.forEach(parts::addAll);
        return parts;
    }

    private static @Nullable String header(Config config) {
        String header = config.header();
        if (header == null || header.equals("_global_") || header.startsWith("_global_.")) {
            return header;
        }
        return header.isEmpty() ? "_global_" : "_global_." + header;
    }

    private DefaultsEntry chosen(DefaultsEntry entry) {
        if (entry.group() == null || !overrides.containsKey(entry.overrideKey())) {
            return entry;
        }
        used.add(entry.overrideKey());
        return choose(entry, overrides.get(entry.overrideKey()));
    }

    private void override(DefaultsEntry entry) {
        if (!entry.groupPath().startsWith("hydra/")) { // Hydra's own settings have no effect on what is composed
            overrides.putIfAbsent(entry.overrideKey(), entry.options().isEmpty() ? entry.option() : entry.options());
        }
    }

    private void requireOneChoice(String key, @Nullable String option) {
        if (choices.containsKey(key) && !java.util.Objects.equals(choices.get(key), option)) {
            throw new EngineException(
                    "Multiple values for %s. To override a value use 'override %s: %s'"
                            .formatted(key, key, choices.get(key)),
                    "Put `override` before the second of them in its defaults list.");
        }
        choices.put(key, option);
    }

    private String refer(DefaultsEntry entry) {
        Matcher matcher = REFERENCE.matcher(java.util.Objects.requireNonNull(entry.option()));
        return matcher.replaceAll(match -> {
            String choice = choices.get(match.group(1));
            if (choice == null) {
                throw new UnknownNameException(
                        "Error resolving interpolation '%s', possible interpolation keys: %s"
                                .formatted(entry.option(), String.join(", ", choices.keySet())),
                        "Name a group of the defaults list.");
            }
            return Matcher.quoteReplacement(choice);
        });
    }

    private DefaultsEntry entry(String path, @Nullable Object item, String base, String parentPlace) {
        if (item instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            Matcher key = KEY.matcher(String.valueOf(only.getKey()));
            boolean isChoice =
                    only.getValue() == null || only.getValue() instanceof String || only.getValue() instanceof List<?>;
            if (key.matches() && isChoice) {
                Set<String> words = new HashSet<>();
                words.add(key.group(1));
                words.add(key.group(2));
                DefaultsEntry entry = new DefaultsEntry(
                        key.group(3),
                        null,
                        List.of(),
                        here(key.group(4)),
                        words.contains("optional"),
                        words.contains("override"),
                        base,
                        parentPlace);
                return choose(entry, only.getValue());
            }
        } else if (item instanceof String text) {
            Matcher key = KEY.matcher(text);
            if (key.matches()) {
                return new DefaultsEntry(
                        null,
                        key.group(3),
                        List.of(),
                        here(key.group(4)),
                        key.group(1) != null,
                        false,
                        base,
                        parentPlace);
            }
        }
        throw new EngineException(
                "In %s: unsupported item in the defaults list: %s".formatted(path, item),
                "Write `group: option`, or the name of a configuration.");
    }

    private static @Nullable String here(@Nullable String place) {
        return "_here_".equals(place) ? "" : place;
    }

    private UnknownNameException missing(DefaultsEntry node, String path) {
        List<String> options = directory.options(node.groupPath());
        return new UnknownNameException(
                "Could not find '%s' in '%s'.".formatted(path, directory.root())
                        + (options.isEmpty()
                                ? ""
                                : "%nAvailable options in '%s':%n\t%s"
                                        .formatted(node.groupPath(), String.join("\n\t", options))),
                "Name a configuration that is there.");
    }
}
