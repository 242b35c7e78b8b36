package dev.cairn.jupyter.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs JShell's compiled snippets in this process on {@link UserThreads}, and keeps the objects they give: JShell itself
 * knows values as strings only, so it is handed a token for each.
 */
final class CellControl extends LocalExecutionControl {
    private final UserThreads threads;
    private final ShellLock lock;
    // By the thread that called JShell: cells may run beside each other, and a magic evaluates within the cell that
    // runs it.
    @SuppressWarnings("ThreadLocalUsage") // of one session, so not static; threads end with their cells
    private final ThreadLocal<@Nullable Run> runs = new ThreadLocal<>();

    CellControl(SnippetClasses classes, UserThreads threads, ShellLock lock) {
        super(classes);
        this.threads = threads;
        this.lock = lock;
    }

    /** What came of one call of JShell. */
    static final class Run {
        private final Map<String, @Nullable Object> values = new HashMap<>();
        private final List<String> loaded = new ArrayList<>();
        private @Nullable Throwable failure;
        private @Nullable Class<?> snippetClass;

        /** Gives the object that a token of JShell stands for. */
        @Nullable
        Object value(String token) {
            return values.get(token);
        }

        /** The class of the snippet that ran last. */
        Optional<Class<?>> snippetClass() {
            return Optional.ofNullable(snippetClass);
        }

        /** The names of the classes that JShell compiled. */
        List<String> loaded() {
            return loaded;
        }

        /** What the code threw, itself. */
        @Nullable
        Throwable failure() {
            return failure;
        }
    }

    /** Asks JShell, or changes what is kept for it. */
    <T extends @Nullable Object> T holding(Supplier<T> question) {
        return lock.holding(question);
    }

    /** Calls JShell on the calling thread; what the code does is noted in the run. */
    <T> T within(Run run, Supplier<T> evaluation) {
        Run outer = runs.get();
        runs.set(run);
        try {
            return holding(evaluation);
        } finally {
            runs.set(outer);
        }
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(classes);
        Run run = runs.get();
        if (run != null) {
            Stream.of(classes).map(ClassBytecodes::name).forEach(run.loaded::add);
        }
    }

    @Override
    protected String invoke(Method method) throws Exception {
        Run run = runs.get();
        if (run != null) {
            run.snippetClass = method.getDeclaringClass();
        }
        try {
            Object value = lock.released(() -> threads.runStoppable(() -> method.invoke(null)));
            if (run == null) {
                return "";
            }
            String token = "value-" + run.values.size();
            run.values.put(token, value);
            return token;
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (thrown instanceof ThreadDeath) {
                note(run, new CellInterruptedException("The cell was stopped"));
                throw new StoppedException();
            }
            note(run, thrown);
            throw e;
        } catch (CellInterruptedException e) {
            note(run, e);
            throw new StoppedException();
        }
    }

    private static void note(@Nullable Run run, @Nullable Throwable failure) {
        if (run != null) {
            run.failure = failure;
        }
    }
}
