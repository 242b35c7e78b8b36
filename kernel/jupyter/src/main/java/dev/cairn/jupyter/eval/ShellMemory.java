package dev.cairn.jupyter.eval;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;

/**
 * What JShell never forgets, and should. It keeps every class it has compiled and has the compiler list them all for each next
 * snippet: 1,000 cells on, that takes as long as all else. Those of snippets that no code can name any more are taken out
 * here. It also keeps the names of dropped types, over which JDK 25 stumbles whenever it tells a type.
 *
 * <p>JShell has no interface for it, so this reaches into its fields, see {@link ShellFields}. Where there is no way, nothing is
 * forgotten, and long sessions get slower.
 */
public final class ShellMemory {
    /** The option of the JVM that opens JShell to the kernel. */
    public static final String OPTION = "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED";

    private static final Pattern SNIPPET = Pattern.compile("REPL\\.\\$JShell\\$(?<number>\\d+)[A-Z]*");

    private final Map<String, ?> classes;
    private final Map<String, ?> types;
    private final Map<String, String> newest = new HashMap<>();

    private ShellMemory(Map<String, ?> classes, Map<String, ?> types) {
        this.classes = classes;
        this.types = types;
    }

    static ShellMemory of(JShell shell) {
        return new ShellMemory(
                map(shell, "taskFactory", "fileManager", "classObjects"), map(shell, "keyMap", "classMap"));
    }

    /** Forgets classes; names as {@code Class.getName} has them. */
    void forget(Collection<String> names) {
        classes.keySet().removeAll(names);
    }

    /** Forgets earlier versions of classes; JShell gives every version of a snippet a name with other letters at its end. */
    void forgetOlder(Collection<String> names) {
        for (String name : names) {
            Matcher snippet = SNIPPET.matcher(name);
            if (snippet.matches()) {
                String older = newest.put(snippet.group("number"), name);
                if (older != null && !older.equals(name)) {
                    classes.keySet().removeIf(found -> found.equals(older) || found.startsWith(older + "$"));
                }
            }
        }
    }

    /** Forgets the name of a type that was dropped. */
    void forgetType(String name) {
        types.remove(name);
    }

    /** How many classes are kept. */
    int size() {
        return classes.size();
    }

    /** A map with names for keys, at the end of a path of fields; one of its own when there is no way to it. */
    @SuppressWarnings("unchecked") // the fields have this type
    private static Map<String, ?> map(JShell shell, String... fields) {
        return ShellFields.at(shell, fields)
                .filter(Map.class::isInstance)
                .map(found -> (Map<String, ?>) found)
                .orElseGet(HashMap::new);
    }
}
