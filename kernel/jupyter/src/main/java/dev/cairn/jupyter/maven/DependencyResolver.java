package dev.cairn.jupyter.maven;

/** Finds artifacts in Maven repositories, and what they need. Found by {@link java.util.ServiceLoader}. */
@FunctionalInterface
public interface DependencyResolver {
    /**
     * Gives all that is asked for, as files on this machine, in the order of a class path.
     *
     * @throws dev.cairn.jupyter.extension.MagicException when something cannot be had: which, why, and from where
     */
    ResolvedDependencies resolve(DependencyRequest request, Progress progress) throws InterruptedException;

    /** Is told what goes on, a line at a time; from any thread. */
    @FunctionalInterface
    interface Progress {
        /** Takes what is being done now. */
        void report(String activity);
    }
}
