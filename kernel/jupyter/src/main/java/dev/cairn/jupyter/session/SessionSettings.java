package dev.cairn.jupyter.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

    /** Settings with this process's own class path, and with preview features if it was started with them. */
    public static SessionSettings ofProcess(Path workingDirectory, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        if (hasPreviews()) {
            all.putIfAbsent("CAIRN_JAVA_PREVIEW", "1");
        }
        return new SessionSettings(
                workingDirectory.toAbsolutePath().normalize(),
                all,
                System.getProperty("java.class.path", ""),
                SessionSettings.class.getClassLoader());
    }

    /** Whether this process was started to run classes with preview features. */
    private static boolean hasPreviews() {
        return ProcessHandle.current()
                .info()
                .arguments()
                .map(List::of)
                .orElse(List.of())
                .contains("--enable-preview");
    }
}
