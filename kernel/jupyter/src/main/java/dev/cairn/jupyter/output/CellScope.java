package dev.cairn.jupyter.output;

import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * The cell a thread works for. Threads inherit it from the thread that started them, so that what a background thread
 * prints comes out below its own cell, whichever cell runs by then.
 *
 * @param output where the cell's output goes
 * @param magics runs magics that stand inside the cell's Java code
 * @param allowsInput whether the front end can be asked for a line
 */
public record CellScope(OutputArea output, MagicInvoker magics, boolean allowsInput) {
    // Static because System.out is: the standard streams have no other way to know whose bytes they get.
    private static final InheritableThreadLocal<@Nullable CellScope> OF_THREAD = new InheritableThreadLocal<>();
    private static volatile @Nullable CellScope latest;

    /** Runs a magic for Java code that contains it. */
    @FunctionalInterface
    public interface MagicInvoker {
        /** Runs {@code %name arguments}. */
        @Nullable
        Object run(String name, String arguments) throws Exception;
    }

    /** The scope of the calling thread; of the cell begun last when the thread belongs to none. */
    public static Optional<CellScope> current() {
        CellScope own = isCommonPoolThread() ? null : OF_THREAD.get();
        return Optional.ofNullable(own == null ? latest : own);
    }

    /** Makes this the scope of the calling thread and of those it starts; the old one comes back on close. */
    public Entered enter() {
        CellScope previous = OF_THREAD.get();
        OF_THREAD.set(this);
        latest = this;
        return () -> {
            OF_THREAD.set(previous);
            if (previous != null && equals(latest)) {
                latest = previous;
            }
        };
    }

    /** Forgets the session's last cell, when the session ends. */
    public static void forgetLatest() {
        latest = null;
    }

    // Pool threads outlive the cell whose stream happened to start them.
    private static boolean isCommonPoolThread() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** A scope in force until closed, by the thread that entered it. */
    @FunctionalInterface
    public interface Entered extends AutoCloseable {
        @Override
        void close();
    }
}
