package dev.cairn.jupyter.eval;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;

/**
 * Declares many imports at once. JShell takes a snippet at a time and runs the compiler for each; what it does inside takes any number,
 * and a dozen imports then cost little more than one. Not for a user's imports: of several, JShell does not find out which is wrong.
 *
 * <p>JShell has no interface for it, so this calls what it keeps to itself, see {@link ShellFields}.
 */
final class ShellImports {
    private final JShell shell;

    ShellImports(JShell shell) {
        this.shell = shell;
    }

    /** Declares imports of what is there. Tells whether there was a way to do so. */
    boolean declare(List<String> imports) {
        try {
            return declareByParts(imports);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return false;
        }
    }

    private boolean declareByParts(List<String> imports) throws ReflectiveOperationException {
        Object evaluation = ShellFields.at(shell, "eval").orElseThrow(NoSuchFieldException::new);
        Method read = opened(evaluation, "sourceToSnippets", String.class);
        Method compile = opened(evaluation, "compileAndLoad", Set.class);
        Class<?> problems = Class.forName("jdk.jshell.DiagList");
        Constructor<?> unit = Class.forName("jdk.jshell.Unit")
                .getDeclaredConstructor(JShell.class, Snippet.class, Snippet.class, problems);
        Constructor<?> noProblems = problems.getDeclaredConstructor();
        unit.setAccessible(true);
        noProblems.setAccessible(true);
        Set<Snippet> snippets = new LinkedHashSet<>();
        Set<Object> units = new LinkedHashSet<>();
        for (String source : imports) {
            for (Object snippet : (Collection<?>) read.invoke(evaluation, source)) {
                snippets.add((Snippet) snippet);
                units.add(unit.newInstance(shell, snippet, null, noProblems.newInstance()));
            }
        }
        compile.invoke(evaluation, units);
        return snippets.stream().allMatch(snippet -> shell.status(snippet) == Status.VALID);
    }

    private static Method opened(Object owner, String name, Class<?>... types) throws NoSuchMethodException {
        Method method = owner.getClass().getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method;
    }
}
