package dev.cairn.jupyter.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Where JShell finds the documentation of classes: in the JDK's sources by itself, and in the {@code NAME-sources.jar} beside a
 * {@code NAME.jar} of the class path because of this class. Reaches into JShell, see {@link ShellFields}; where there is no way,
 * only the JDK's classes have documentation. Used while the lock of JShell is held.
 */
final class ShellSources {
    private static final String JAR = ".jar";

    private final JShell shell;
    private final Set<Path> jars = new LinkedHashSet<>();
    private final Set<Path> known = new LinkedHashSet<>();

    ShellSources(JShell shell) {
        this.shell = shell;
    }

    /** Takes note of what is on the class path; nothing is looked for yet. */
    void added(List<Path> classPath) {
        classPath.stream().filter(path -> path.toString().endsWith(JAR)).forEach(jars::add);
    }

    /** Tells JShell of the sources that are there by now; they may have come after their jars. */
    void refresh() {
        List<Path> found = jars.stream()
                .map(ShellSources::beside)
                .filter(sources -> !known.contains(sources) && Files.isRegularFile(sources))
                .toList();
        if (found.isEmpty()) {
            return;
        }
        known.addAll(found);
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        List<Path> all = new ArrayList<>(jdk(analysis));
        all.addAll(found);
        ShellFields.set(analysis, "availableSources", all);
    }

    // JShell looks for the JDK's when it is first asked for documentation.
    private static List<Path> jdk(SourceCodeAnalysis analysis) {
        analysis.documentation("Object", "Object".length(), true);
        Optional<Object> sources = ShellFields.at(analysis, "availableSources");
        List<Path> paths = new ArrayList<>();
        if (sources.orElse(List.of()) instanceof List<?> list) {
            list.forEach(path -> paths.add((Path) path));
        }
        return paths;
    }

    private static Path beside(Path jar) {
        String name = jar.getFileName().toString();
        return jar.resolveSibling(name.substring(0, name.length() - JAR.length()) + "-sources" + JAR);
    }
}
