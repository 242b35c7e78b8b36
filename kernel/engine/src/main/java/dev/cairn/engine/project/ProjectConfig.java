package dev.cairn.engine.project;

import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.store.cas.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings of a project, from the four files that DVC reads: system, global, project and local; the later wins. */
public final class ProjectConfig {
    private static final List<String> SECTIONS = List.of(
            "core", "cache", "remote", "state", "index", "machine", "parsing", "exp", "plots", "hydra", "studio",
            "feature");

    private final Path dvcDirectory;
    private final Map<String, Map<String, Setting>> sections;

    private ProjectConfig(Path dvcDirectory, Map<String, Map<String, Setting>> sections) {
        this.dvcDirectory = dvcDirectory;
        this.sections = sections;
    }

    /** Which file a setting stands in. */
    public enum Level {
        SYSTEM,
        GLOBAL,
        PROJECT,
        LOCAL
    }

    /**
     * A value and where it stands.
     *
     *
     * @param file where it was read
     */
    public record Setting(String value, Level level, Path file) {}

    /** The four files, whether they exist or not. */
    public static Map<Level, Path> files(Path dvcDirectory, Environment environment) {
        Map<Level, Path> files = new EnumMap<>(Level.class);
        String systemDirectory =
                environment.variable("XDG_CONFIG_DIRS").orElse("/etc/xdg").split(":", -1)[0];
        files.put(Level.SYSTEM, Path.of(systemDirectory).resolve("dvc/config"));
        Path userDirectory = environment
                .variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElse(environment.home().resolve(".config"));
        files.put(Level.GLOBAL, userDirectory.resolve("dvc/config"));
        files.put(Level.PROJECT, dvcDirectory.resolve("config"));
        files.put(Level.LOCAL, dvcDirectory.resolve("config.local"));
        return files;
    }

    static ProjectConfig read(Path dvcDirectory, Environment environment) {
        Map<String, Map<String, Setting>> merged = new LinkedHashMap<>();
        files(dvcDirectory, environment).forEach((level, file) -> {
            if (Files.isRegularFile(file)) {
                new ConfigFile(file.toString(), text(file)).sections().forEach((section, options) -> {
                    check(section, file);
                    options.forEach((option, value) -> merged.computeIfAbsent(section, k -> new LinkedHashMap<>())
                            .put(option, new Setting(value, level, file)));
                });
            }
        });
        return new ProjectConfig(dvcDirectory, merged);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void check(String section, Path file) {
        String kind = section.split(" ", 2)[0];
        boolean isOurs = kind.equals("cairn");
        if (!SECTIONS.contains(kind) && !isOurs) {
            throw new ConfigException(
                    "configuration error - config file error: extra keys not allowed @ data['%s'] in %s"
                            .formatted(section, file),
                    "Remove the section [%s].".formatted(section));
        }
    }

    public Optional<String> get(String section, String option) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(option))
                .map(Setting::value);
    }

    /** Every setting in effect: section, option, setting. */
    public Map<String, Map<String, Setting>> all() {
        return sections;
    }

    /** Throws when it is neither true nor false in one of ConfigObj's spellings. */
    public boolean isSet(String section, String option) {
        String value = get(section, option).orElse("false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new ConfigException(
                    "configuration error - config file error: expected true or false for dictionary value @ data['%s']['%s']"
                            .formatted(section, option),
                    "`config %s.%s true` sets it.".formatted(section, option));
        };
    }

    /** Whether the project does without Git. */
    public boolean isWithoutScm() {
        return isSet("core", "no_scm");
    }

    /**
     * The section {@code parsing}.
     *
     * @throws ConfigException when it has another value than DVC knows
     */
    public ParsingOptions parsing() {
        return new ParsingOptions(
                isOther("bool", "store_true", "boolean_optional"), isOther("list", "nargs", "append"));
    }

    private boolean isOther(String option, String usual, String other) {
        String value = get("parsing", option).orElse(usual).toLowerCase(Locale.ROOT);
        if (!value.equals(usual) && !value.equals(other)) {
            throw new ConfigException(
                    "configuration error - config file error: not a valid value for dictionary value @ data['parsing']['%s']"
                            .formatted(option),
                    "Known are %s and %s.".formatted(usual, other));
        }
        return value.equals(other);
    }

    public boolean isAutostage() {
        return isSet("core", "autostage");
    }

    /** The cache: {@code cache.dir}, relative to the file that sets it, or {@code .dvc/cache}. */
    public Path cacheDirectory() {
        Setting setting = sections.getOrDefault("cache", Map.of()).get("dir");
        if (setting == null) {
            return dvcDirectory.resolve("cache");
        }
        return directoryOf(setting).resolve(setting.value()).normalize();
    }

    private static Path directoryOf(Setting setting) {
        return java.util.Objects.requireNonNull(setting.file().toAbsolutePath().getParent());
    }

    /** How workspace files are linked to the cache, in the order to try. */
    public List<LinkType> linkTypes() {
        String value = get("cache", "type").orElse("reflink,copy");
        List<LinkType> types = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            try {
                types.add(LinkType.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new ConfigException(
                        "configuration error - config file error: Unsupported cache type(s): %s for dictionary value @ data['cache']['type']"
                                .formatted(name.strip()),
                        "Known are reflink, hardlink, symlink and copy.",
                        e);
            }
        }
        return types;
    }

    /** Names of the remotes with their {@code url} as it is meant: absolute for a local one. */
    public Map<String, String> remotes() {
        Map<String, String> out = new LinkedHashMap<>();
        sections.forEach((section, options) -> {
            if (section.startsWith("remote ")) {
                Setting url = options.get("url");
                if (url == null) {
                    throw new ConfigException(
                            "configuration error - config file error: expected 'url' for dictionary value @ data['remote']['%s']"
                                    .formatted(remoteName(section)),
                            "`remote modify %s url URL` sets it.".formatted(remoteName(section)));
                }
                out.put(remoteName(section), absolute(url));
            }
        });
        return out;
    }

    private static String remoteName(String section) {
        return section.substring("remote ".length()).replace("\"", "");
    }

    private static String absolute(Setting url) {
        return url.value().contains("://")
                ? url.value()
                : directoryOf(url).resolve(url.value()).toString();
    }

    /**
     * The remote to use: the one named, or the default.
     *
     * @throws EngineException when there is none
     */
    public Map.Entry<String, String> remote(Optional<String> name) {
        String wanted = name.or(() -> get("core", "remote"))
                .orElseThrow(() -> new ConfigException(
                        ("config file error: no remote specified in %s. Create a default remote with\n    dvc remote add -d <remote name> <remote url>")
                                .formatted(dvcDirectory.getParent()),
                        ""));
        String url = remotes().get(wanted);
        if (url == null) {
            throw new ConfigException(
                    "configuration error - config file error: remote '%s' doesn't exist.".formatted(wanted),
                    "`remote list` shows the remotes there are.");
        }
        return Map.entry(wanted, url);
    }
}
