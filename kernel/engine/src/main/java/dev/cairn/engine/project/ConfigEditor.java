package dev.cairn.engine.project;

import dev.cairn.engine.error.ConfigException;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Changes one configuration file; comments and order survive. */
public final class ConfigEditor {
    private final Path file;
    private final Environment environment;

    /**
     * Edits one of the four files.
     *
     * @param level which of the four files
     */
    public ConfigEditor(Path dvcDirectory, Environment environment, ProjectConfig.Level level) {
        this.file = Objects.requireNonNull(
                ProjectConfig.files(dvcDirectory, environment).get(level));
        this.environment = environment;
    }

    public void set(String section, String option, String value) {
        ConfigFile config = read();
        config.set(section, option, value);
        write(config);
    }

    /**
     * Removes a setting.
     *
     * @throws ConfigException when it is not set in this file
     */
    public void unset(String section, String option) {
        ConfigFile config = read();
        if (!config.unset(section, option)) {
            throw new ConfigException(
                    "configuration error - config file error: option '%s' doesn't exist in section '%s'"
                            .formatted(option, section),
                    "`config --list --show-origin` shows where each setting stands.");
        }
        write(config);
    }

    /**
     * Adds a remote.
     *
     * @param url a relative path is meant from the working directory and stored relative to the file
     * @param isDefault also makes it the remote that commands use
     * @param force replace one of that name
     */
    public void addRemote(String name, String url, boolean isDefault, boolean force) {
        ConfigFile config = read();
        String section = section(name);
        if (config.sections().containsKey(section) && !force) {
            throw new ConfigException(
                    "remote '%s' already exists. Use `-f|--force` to overwrite it.".formatted(name), "");
        }
        config.removeSection(section);
        // The order in which DVC writes the two sections of a new file.
        if (isDefault) {
            config.set("core", "remote", name);
        }
        config.set(section, "url", storedUrl(url));
        write(config);
    }

    public void modifyRemote(String name, String option, String value) {
        ConfigFile config = read();
        config.set(section(name), option, option.equals("url") ? storedUrl(value) : value);
        write(config);
    }

    /**
     * Removes a remote and, where it is the default, that setting.
     *
     * @throws ConfigException when there is none of that name in this file
     */
    public void removeRemote(String name) {
        ConfigFile config = read();
        if (!config.removeSection(section(name))) {
            throw new ConfigException(
                    "remote '%s' doesn't exist.".formatted(name), "`remote list` shows the remotes there are.");
        }
        boolean isDefault = name.equals(
                config.sections().getOrDefault("core", java.util.Map.of()).get("remote"));
        if (isDefault) {
            config.unset("core", "remote");
        }
        write(config);
    }

    /**
     * Gives a remote another name, also where it is the default.
     *
     * @throws ConfigException when there is none of that name in this file
     */
    public void renameRemote(String name, String newName) {
        ConfigFile config = read();
        Map<String, String> options = config.sections().get(section(name));
        if (options == null) {
            throw new ConfigException(
                    "configuration error - config file error: remote '%s' doesn't exist.".formatted(name),
                    "`remote list` shows the remotes there are.");
        }
        config.removeSection(section(name));
        options.forEach((option, value) -> config.set(section(newName), option, value));
        renameDefault(config, name, newName);
        write(config);
    }

    /** Has the default remote's new name in this file, too; as in DVC the file is there afterwards. */
    public void renameDefault(String name, String newName) {
        ConfigFile config = read();
        renameDefault(config, name, newName);
        write(config);
    }

    private static void renameDefault(ConfigFile config, String name, String newName) {
        if (name.equals(config.sections().getOrDefault("core", Map.of()).get("remote"))) {
            config.set("core", "remote", newName);
        }
    }

    /** The path as it is stored: relative ones relative to the file's directory. */
    public String storedUrl(String url) {
        if (url.contains("://") || Path.of(url).isAbsolute()) {
            return url;
        }
        Path absolute = environment.workingDirectory().resolve(url).normalize();
        return directory().relativize(absolute).toString().replace('\\', '/');
    }

    private static String section(String name) {
        return "remote \"" + name + "\"";
    }

    private Path directory() {
        return Objects.requireNonNull(file.getParent());
    }

    private ConfigFile read() {
        try {
            return new ConfigFile(file.toString(), Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void write(ConfigFile config) {
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory(), e);
        }
        AtomicFiles.write(file, config.text().getBytes(StandardCharsets.UTF_8));
    }
}
