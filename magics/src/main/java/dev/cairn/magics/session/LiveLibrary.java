package dev.cairn.magics.session;

import dev.cairn.live.Checkpoint;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;

/** Gives the commands of stages Cairn's small library, so that {@code java src/Train.java} can use {@code dev.cairn.live}. */
public final class LiveLibrary {
    private static final String CLASS_PATH = "CLASSPATH";

    private LiveLibrary() {}

    /** The variable {@code CLASSPATH} with the library in front of what is there; nothing when the library has no place of its own. */
    public static Map<String, String> onClassPath(Map<String, String> environment) {
        CodeSource source = Checkpoint.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Map.of();
        }
        String library;
        try {
            library = Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of Cairn's library is no path: " + source.getLocation(), e);
        }
        // A class path that is set replaces Java's default, the working directory: keep that.
        String present = environment.getOrDefault(CLASS_PATH, "");
        return Map.of(CLASS_PATH, library + File.pathSeparator + (present.isEmpty() ? "." : present));
    }
}
