package dev.cairn.jupyter.eval;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.QualifiedNames;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * Classes and packages of the class path and the JDK by their names. JShell lists them behind the scenes, at its start and when the
 * class path grows, and knows of none until it is through. Used while the lock of JShell is held.
 */
final class ShellIndex {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_MILLIS = 20;

    private static final Pattern SIMPLE_TYPE = Pattern.compile("[A-Z]\\w*");

    private final JShell shell;

    ShellIndex(JShell shell) {
        this.shell = shell;
    }

    /** The full names of classes of a simple name. */
    List<String> classes(String name) {
        return whole(name).getNames();
    }

    /** The simple names, beginning so, of the classes that cells can use without an import. */
    List<String> importedTypes(String start) {
        await();
        return shell.sourceCodeAnalysis().completionSuggestions(start, start.length(), new int[1]).stream()
                .map(Suggestion::continuation)
                .filter(name -> SIMPLE_TYPE.matcher(name).matches())
                .toList();
    }

    /** Waits for JShell's listing; some seconds at most, and not when interrupted. */
    void await() {
        var unused = whole("Object");
    }

    private QualifiedNames whole(String name) {
        long end = System.nanoTime() + PATIENCE;
        QualifiedNames found = shell.sourceCodeAnalysis().listQualifiedNames(name, name.length());
        while (!found.isUpToDate() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            found = shell.sourceCodeAnalysis().listQualifiedNames(name, name.length());
        }
        return found;
    }
}
