package dev.cairn.jupyter.eval;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/** Compiles and runs batches. */
final class BatchRunner {
    private final JShell shell;
    private final CellControl control;
    private final UserThreads threads;
    private final SnippetClasses classes;
    private final ShellMemory memory;
    private final SnippetSources sources;
    private final PendingVariables pending;
    private int count;

    BatchRunner(
            JShell shell,
            CellControl control,
            UserThreads threads,
            SnippetClasses classes,
            ShellMemory memory,
            SnippetSources sources,
            PendingVariables pending) {
        this.shell = shell;
        this.control = control;
        this.threads = threads;
        this.classes = classes;
        this.memory = memory;
        this.sources = sources;
        this.pending = pending;
    }

    /** Compiles a batch; empty when it does not compile, and its statements are to be tried one by one. */
    Optional<Object> compile(Batch batch, SourcePosition start) {
        var run = new CellControl.Run();
        return control.within(run, () -> {
            pending.declare(batch.outsideNames());
            String name = "Batch$" + ++count;
            List<SnippetEvent> events = shell.eval(batch.source(name));
            Snippet snippet = events.get(0).snippet();
            boolean isValid = events.get(0).status() == Snippet.Status.VALID;
            if (isValid) {
                String text = batch.code().substring(batch.start(), batch.end());
                sources.remember(snippet.id(), new SnippetSources.Origin(start, text));
            }
            if (events.get(0).status().isActive()) {
                // No cell calls it; as a method of JShell's it would be recompiled whenever something it uses is.
                // A class would do as well, but JDK 25 has no documentation of anything once a class is dropped.
                shell.drop(snippet);
            }
            memory.forget(run.loaded());
            return isValid ? Optional.of(made(classes.method(run.loaded(), name))) : Optional.empty();
        });
    }

    /** Runs a batch to its end or its failure; the variables declared by then are there. */
    @Nullable
    Object run(Object compiled, Batch batch) throws Throwable {
        Method method = compiled.getClass().getMethod(Batch.METHOD);
        method.setAccessible(true);
        try {
            threads.runStoppable(() -> method.invoke(compiled));
            return field(compiled, Batch.VALUE).get(compiled);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ThreadDeath) {
                throw new CellInterruptedException("The cell was stopped");
            }
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            keepVariables(compiled, batch);
        }
    }

    private void keepVariables(Object compiled, Batch batch) throws ReflectiveOperationException {
        int begun = field(compiled, Batch.PROGRESS).getInt(compiled);
        List<Batch.Declared> declared = batch.own(begun);
        for (Batch.Declared variable : declared) {
            String name = variable.variable().name();
            Field field = field(compiled, name);
            control.holding(() -> {
                pending.add(name, variable.type(), compiled, field);
                return name;
            });
        }
    }

    private static Object made(Method maker) {
        try {
            maker.setAccessible(true);
            return maker.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A batch of statements cannot be made", e);
        }
    }

    private static Field field(Object compiled, String name) throws NoSuchFieldException {
        Field field = compiled.getClass().getField(name);
        field.setAccessible(true);
        return field;
    }
}
