package dev.cairn.jupyter.eval;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JShell is no place for two threads. Whoever compiles with it or asks it something holds this lock; while the user's code runs
 * it is released, so that a cell which never ends keeps nobody waiting.
 */
final class ShellLock {
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Asks JShell. */
    <T extends @Nullable Object> T holding(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the user's code, which JShell called while it was held. */
    <T extends @Nullable Object> T released(Callable<T> code) throws Exception {
        int holds = lock.getHoldCount();
        for (int i = 0; i < holds; i++) {
            lock.unlock();
        }
        try {
            return code.call();
        } finally {
            for (int i = 0; i < holds; i++) {
                lock.lock();
            }
        }
    }
}
