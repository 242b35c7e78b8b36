package dev.cairn.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where a kernel is installed, and the folder they mean. */
final class KernelLocation {
    @ArgGroup
    private @Nullable Choice choice;

    /** At most one of three. */
    static final class Choice {
        @Option(names = "--user", description = "For this user, in every Jupyter (the default).")
        boolean user;

        @Option(names = "--sys-prefix", description = "For the Python environment that is active.")
        boolean activeEnvironment;

        @Option(names = "--prefix", paramLabel = "DIR", description = "For the environment in DIR.")
        @Nullable
        Path prefix;
    }

    /**
     * The folder that holds a folder for each kernel.
     *
     * @throws IllegalArgumentException when no environment is active
     */
    Path kernels(Invocation invocation) throws InterruptedException {
        var directories = new KernelDirectories(invocation.environment(), System.getProperty("os.name"));
        if (choice == null || choice.user) {
            return directories.ofUser();
        }
        return directories.under(
                choice.prefix == null
                        ? activeEnvironment(invocation)
                        : invocation.directory().resolve(choice.prefix).normalize());
    }

    private static Path activeEnvironment(Invocation invocation) throws InterruptedException {
        for (String variable : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
            String prefix = invocation.environment().getOrDefault(variable, "");
            if (!prefix.isEmpty()) {
                return Path.of(prefix);
            }
        }
        return prefixOfPython()
                .orElseThrow(() ->
                        new IllegalArgumentException("No Python environment is active and no python3 is on PATH."));
    }

    private static Optional<Path> prefixOfPython() throws InterruptedException {
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", "import sys; print(sys.prefix)").start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try (var output = python.getInputStream()) {
            String prefix = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            return python.waitFor() == 0 ? Optional.of(Path.of(prefix)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("python3 could not be asked for its prefix.", e);
        }
    }
}
