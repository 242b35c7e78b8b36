package dev.cairn.jupyter.session;

import java.util.ArrayList;
import java.util.List;

/** What runs before the first cell: the imports every cell has. */
final class SessionStart {
    // jshell's DEFAULT imports, and the three packages that notebooks use all the time.
    private static final List<String> PACKAGES = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream");

    private SessionStart() {}

    static List<String> imports() {
        List<String> imports = new ArrayList<>();
        for (String name : PACKAGES) {
            imports.add("import " + name + ".*;");
        }
        imports.add("import static dev.cairn.jupyter.output.CellHelpers.*;");
        return imports;
    }
}
