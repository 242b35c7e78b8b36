package dev.cairn.jupyter.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the cells of the tests and the tests themselves share. */
public final class Probe {
    /** What cells noted, in order. */
    public static final List<Object> NOTES = Collections.synchronizedList(new ArrayList<>());

    /** Opened by a cell that has begun. */
    public static volatile CountDownLatch begun = new CountDownLatch(1);

    /** What a cell counts up for as long as it runs. */
    public static volatile long counter;

    private Probe() {}

    /** Notes something. */
    public static void note(Object value) {
        NOTES.add(value);
    }

    /** Opens {@link #begun}. */
    public static void begin() {
        begun.countDown();
    }

    static void reset() {
        NOTES.clear();
        begun = new CountDownLatch(1);
        counter = 0;
    }
}
