package dev.cairn.jupyter.project;

import dev.cairn.jupyter.extension.MagicException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all notebooks of a project: from {@code .cairn/kernel.properties} in the working directory or above it, and from
 * environment variables {@code CAIRN_CLASSPATH} and the like, which come second and win where there can be one value only.
 */
public final class ProjectSettings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)?");

    private final ProjectFile file;
    private final Path workingDirectory;
    private final Map<String, String> environment;

    private ProjectSettings(ProjectFile file, Path workingDirectory, Map<String, String> environment) {
        this.file = file;
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /** Reads them. */
    public static ProjectSettings of(Path workingDirectory, Map<String, String> environment) {
        return new ProjectSettings(ProjectFile.find(workingDirectory), workingDirectory, environment);
    }

    /** Why a file that is there is not heeded; empty when it is. */
    public Optional<String> warning() {
        return file.warning();
    }

    /** Code to run ahead of the first cell, as if the user had run it in cells. */
    public List<StartCell> startCells() {
        List<StartCell> cells = new ArrayList<>();
        classPath().ifPresent(cells::add);
        dependencies().ifPresent(cells::add);
        for (String name : values("imports", "CAIRN_IMPORTS", "[,;\\n]+")) {
            cells.add(new StartCell("imports", "import " + name + ";"));
        }
        for (Path script : paths("startup", "CAIRN_STARTUP")) {
            cells.add(StartCell.of(script));
        }
        return cells;
    }

    /** How long a cell may take; empty when it may take as long as it likes. */
    public Optional<Duration> timeLimit() {
        String text = environment.getOrDefault("CAIRN_TIMEOUT", file.value("timeout"));
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new MagicException(
                    "InvalidSettings",
                    "The time limit '" + text + "' is no duration.",
                    "Write one as 500ms, 30s, 10m or 2h.");
        }
        return Optional.of(duration(Long.parseLong(matcher.group(1)), matcher.group(2)));
    }

    private static Duration duration(long count, @Nullable String unit) {
        if (unit == null) {
            return Duration.ofSeconds(count);
        }
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private Optional<StartCell> classPath() {
        List<Path> paths = paths("classpath", "CAIRN_CLASSPATH");
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        var line = new StringBuilder().append('%').append("classpath");
        paths.forEach(path -> line.append(" '").append(path).append('\''));
        return Optional.of(new StartCell("classpath", line.toString()));
    }

    private Optional<StartCell> dependencies() {
        List<String> dependencies = values("dependencies", "CAIRN_DEPENDENCIES", "[\\s;]+");
        if (dependencies.isEmpty()) {
            return Optional.empty();
        }
        var line = new StringBuilder().append('%').append("maven --quiet");
        values("repositories", "CAIRN_REPOSITORIES", "[\\s;,]+")
                .forEach(repository -> line.append(" --repository ").append(repository));
        dependencies.forEach(dependency -> line.append(' ').append(dependency));
        return Optional.of(new StartCell("dependencies", line.toString()));
    }

    private List<Path> paths(String key, String variable) {
        String separator = "[\\s;" + java.io.File.pathSeparator + "]+";
        List<Path> paths = new ArrayList<>();
        split(file.value(key), separator).forEach(path -> paths.add(file.root().resolve(path)));
        split(environment.getOrDefault(variable, ""), java.io.File.pathSeparator)
                .forEach(path -> paths.add(workingDirectory.resolve(path)));
        return paths;
    }

    private List<String> values(String key, String variable, String separator) {
        List<String> values = new ArrayList<>(split(file.value(key), separator));
        values.addAll(split(environment.getOrDefault(variable, ""), separator));
        return values;
    }

    private static List<String> split(String text, String separator) {
        return Pattern.compile(separator)
                .splitAsStream(text.strip())
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
