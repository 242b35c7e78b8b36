package dev.cairn.jupyter.eval;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;

/**
 * The classes that JShell's compiler has written. JShell never forgets one and has the compiler list them all for every next
 * snippet: 1,000 cells on, that takes as long as all else. Those of snippets that no code can name any more are taken out
 * here.
 *
 * <p>JShell has no interface for it, so this reaches into its fields, which Java allows when it is started with {@value
 * #OPTION}. Without it, or in a JDK that has other fields, nothing is forgotten, and long sessions get slower.
 */
public final class CompilerOutput {
    /** The option of the JVM that lets this class do its work. */
    public static final String OPTION = "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED";

    private static final Pattern SNIPPET = Pattern.compile("REPL\\.\\$JShell\\$(?<number>\\d+)[A-Z]*");

    private final Map<String, ?> classes;
    private final Map<String, String> newest = new HashMap<>();

    private CompilerOutput(Map<String, ?> classes) {
        this.classes = classes;
    }

    static CompilerOutput of(JShell shell) {
        try {
            Object files = value(value(shell, "taskFactory"), "fileManager");
            @SuppressWarnings("unchecked") // its field has this type
            var classes = (Map<String, ?>) value(files, "classObjects");
            return new CompilerOutput(classes);
        } catch (ReflectiveOperationException | InaccessibleObjectException | ClassCastException e) {
            // There is no way to them.
            return new CompilerOutput(new HashMap<>());
        }
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

    int size() {
        return classes.size();
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
