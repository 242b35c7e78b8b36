package dev.cairn.store;

/** Placeholder that goes away within the hour. */
public final class Skeleton {
    private Skeleton() {}

    public static RuntimeException notYet() {
        return new UnsupportedOperationException();
    }
}
