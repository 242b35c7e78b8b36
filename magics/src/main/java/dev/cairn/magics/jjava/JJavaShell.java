package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.EvaluationException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/**
 * The Java in a kernel of JJava's. Its class {@code JavaKernel} is published in no repository, unlike the interfaces it builds on: two of
 * its methods are found by name, and done without where they are missing.
 */
final class JJavaShell {
    private final BaseKernel kernel;
    private final long startup;

    JJavaShell(BaseKernel kernel) {
        this.kernel = kernel;
        this.startup = shell().map(shell -> shell.snippets().count()).orElse(0L);
    }

    /** What ran so far, in order, without what ran before the magics were there. */
    List<String> snippets() {
        return shell().map(shell ->
                        shell.snippets().skip(startup).map(Snippet::source).toList())
                .orElse(List.of());
    }

    @Nullable
    Object evaluate(String code) throws EvaluationException {
        try {
            return kernel.evalRaw(code);
        } catch (RuntimeException e) {
            throw new EvaluationException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    void addToClassPath(Path jarOrDirectory) {
        call("addToClasspath", List.of(String.class), List.of(jarOrDirectory.toString()));
    }

    private Optional<JShell> shell() {
        return call("getJShell", List.of(), List.of()).map(JShell.class::cast);
    }

    private Optional<Object> call(String method, List<Class<?>> types, List<Object> arguments) {
        try {
            return Optional.ofNullable(kernel.getClass()
                    .getMethod(method, types.toArray(Class<?>[]::new))
                    .invoke(kernel, arguments.toArray()));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("JJava's " + method + " failed.", e.getCause());
        }
    }
}
