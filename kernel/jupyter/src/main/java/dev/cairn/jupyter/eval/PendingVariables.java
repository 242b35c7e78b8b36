package dev.cairn.jupyter.eval;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Variables that a batch declared and JShell does not know yet. Each declaration costs JShell as much as a whole batch, so
 * it is told of a variable only when code first names it. Used while the lock of JShell is held.
 */
final class PendingVariables {
    private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    private final JShell shell;
    private final CellControl control;
    private final Map<String, Pending> variables = new LinkedHashMap<>();

    PendingVariables(JShell shell, CellControl control) {
        this.shell = shell;
        this.control = control;
    }

    private record Pending(String type, Object holder, Field field) {}

    void add(String name, String type, Object holder, Field field) {
        variables.put(name, new Pending(type, holder, field));
    }

    /** Their types by name. */
    Map<String, String> types() {
        return variables.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .type()));
    }

    void clear() {
        variables.clear();
    }

    /** Declares those that the code names. */
    void declareNamedIn(String code) {
        if (variables.isEmpty()) {
            return;
        }
        Matcher names = NAME.matcher(code);
        while (names.find()) {
            declare(names.group());
        }
    }

    /** Declares those whose name begins so. */
    void declareStartingWith(String start) {
        List.copyOf(variables.keySet()).stream()
                .filter(name -> name.startsWith(start))
                .forEach(this::declare);
    }

    void declare(Set<String> names) {
        List.copyOf(variables.keySet()).stream().filter(names::contains).forEach(this::declare);
    }

    private void declare(String name) {
        Pending pending = variables.remove(name);
        if (pending == null) {
            return;
        }
        var run = new CellControl.Run();
        boolean isDeclared = control.within(run, () -> shell.eval(pending.type() + " " + name + ";")).stream()
                .anyMatch(event -> event.causeSnippet() == null && event.status() == Snippet.Status.VALID);
        if (isDeclared) {
            run.snippetClass().ifPresent(target -> copy(pending, target, name));
        }
    }

    private static void copy(Pending from, Class<?> target, String name) {
        try {
            // The class around it is public on some Java versions only.
            Field to = target.getField(name);
            to.setAccessible(true);
            to.set(null, from.field().get(from.holder()));
        } catch (IllegalArgumentException e) {
            // A class of that name was declared anew since; as with every variable of the old class, the value is gone.
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The variable " + name + " cannot be declared", e);
        }
    }
}
