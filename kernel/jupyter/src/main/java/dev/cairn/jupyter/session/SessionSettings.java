package dev.cairn.jupyter.session;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a session is given.
 *
 * @param workingDirectory where it works
 * @param environment its environment variables
 * @param classPath what cells see of classes
 * @param classLoader the loader that has these classes; extensions are looked for in it
 */
public record SessionSettings(
        Path workingDirectory, Map<String, String> environment, String classPath, ClassLoader classLoader) {
    public SessionSettings {
        environment = Map.copyOf(environment);
    }

    /** Settings with this process's own class path. */
    public static SessionSettings ofProcess(Path workingDirectory, Map<String, String> environment) {
        return new SessionSettings(
                workingDirectory.toAbsolutePath().normalize(),
                environment,
                System.getProperty("java.class.path", ""),
                SessionSettings.class.getClassLoader());
    }
}
