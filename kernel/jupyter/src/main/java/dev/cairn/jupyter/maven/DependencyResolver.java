package dev.cairn.jupyter.maven;

import java.util.List;

/** Finds artifacts in Maven repositories, and what they need. Found by {@link java.util.ServiceLoader}. */
public interface DependencyResolver {
    /**
     * Gives all that is asked for, as files on this machine, in the order of a class path.
     *
     * @throws dev.cairn.jupyter.extension.MagicException when something cannot be had: which, why, and from where
     */
    ResolvedDependencies resolve(DependencyRequest request, Progress progress) throws InterruptedException;

    /**
     * Fetches the sources of the artifacts that were asked for by name, not of what those need, to where the artifacts are; they
     * are there for documentation alone, so one that cannot be had is done without.
     */
    void fetchSources(DependencyRequest request) throws InterruptedException;

    /**
     * Gives the coordinates, {@code GROUP[:ARTIFACT[:VERSION]]}, that could go on as they are typed, of what is on this machine.
     *
     * @param request with the settings that tell where that is
     */
    List<String> complete(String coordinates, DependencyRequest request);

    /** Is told what goes on, a line at a time; from any thread. */
    @FunctionalInterface
    interface Progress {
        /** Takes what is being done now. */
        void report(String activity);
    }
}
