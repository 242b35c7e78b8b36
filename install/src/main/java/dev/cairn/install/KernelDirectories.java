package dev.cairn.install;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Jupyter looks for kernels. */
final class KernelDirectories {
    private final Map<String, String> environment;
    private final String operatingSystem;

    KernelDirectories(Map<String, String> environment, String operatingSystem) {
        this.environment = environment;
        this.operatingSystem = operatingSystem.toLowerCase(Locale.ROOT);
    }

    /** The kernels of one Python environment, or of any other prefix. */
    Path under(Path prefix) {
        return prefix.resolve("share").resolve("jupyter").resolve("kernels");
    }

    /** The kernels of this user, as {@code jupyter --data-dir} has it. */
    Path ofUser() {
        return userData().resolve("kernels");
    }

    private Path userData() {
        String chosen = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        if (operatingSystem.startsWith("mac")) {
            return home().resolve("Library").resolve("Jupyter");
        }
        if (operatingSystem.startsWith("windows")) {
            return Path.of(environment.getOrDefault("APPDATA", home().toString()))
                    .resolve("jupyter");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isEmpty() ? home().resolve(".local").resolve("share") : Path.of(data);
        return base.resolve("jupyter");
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", "")));
    }
}
