package dev.cairn.engine.project;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the engine sees of the world around it.
 *
 * @param workingDirectory absolute; relative arguments are meant from here
 * @param variables environment variables, for settings and for the commands of stages
 * @param random for names of experiments
 */
public record Environment(Path workingDirectory, Map<String, String> variables, Clock clock, RandomGenerator random) {
    public Environment {
        if (!workingDirectory.isAbsolute()) {
            throw new IllegalArgumentException("workingDirectory is not absolute: " + workingDirectory);
        }
        workingDirectory = workingDirectory.normalize();
        variables = Map.copyOf(variables);
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(v -> !v.isEmpty());
    }

    public Environment in(Path directory) {
        return new Environment(directory, variables, clock, random);
    }

    /** The user's home directory: {@code HOME}, else what the JVM says. */
    public Path home() {
        return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
    }
}
