package dev.cairn.jupyter.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.execution.LocalExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs JShell's compiled snippets in this process on {@link UserThreads}, and keeps the objects they give: JShell itself
 * knows values as strings only, so it is handed a token for each.
 */
final class CellControl extends LocalExecutionControl {
    private final UserThreads threads;
    private final Map<String, Result> results = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();
    // By the thread that called JShell: a magic may evaluate beside the cell that runs it.
    private final Map<Thread, Throwable> failures = new ConcurrentHashMap<>();

    /** What a snippet gave. */
    record Result(@Nullable Object value) {}

    CellControl(SnippetClasses classes, UserThreads threads) {
        super(classes);
        this.threads = threads;
    }

    @Override
    protected String invoke(Method method) throws Exception {
        failures.remove(Thread.currentThread());
        try {
            Object value = threads.runStoppable(() -> method.invoke(null));
            String token = "value-" + tokens.incrementAndGet();
            results.put(token, new Result(value));
            return token;
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (thrown instanceof ThreadDeath) {
                failures.put(Thread.currentThread(), new CellInterruptedException("The cell was stopped"));
                throw new StoppedException();
            }
            failures.put(Thread.currentThread(), thrown);
            throw e;
        } catch (CellInterruptedException e) {
            failures.put(Thread.currentThread(), e);
            throw new StoppedException();
        }
    }

    /** Takes the object that a token of JShell stands for. */
    Result take(String token) {
        Result result = results.remove(token);
        return result == null ? new Result(null) : result;
    }

    /** Drops the objects nobody asked for, such as values of variables. */
    void dropValues() {
        results.clear();
    }

    /** Takes what the calling thread's last snippet threw. */
    @Nullable
    Throwable takeFailure() {
        return failures.remove(Thread.currentThread());
    }
}
