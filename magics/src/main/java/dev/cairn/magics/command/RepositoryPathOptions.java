package dev.cairn.magics.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that {@code import} and {@code get} share: what to take out of another repository, and where to put it. */
final class RepositoryPathOptions {
    @Parameters(index = "0", paramLabel = "URL", description = "A DVC or Git repository: directory or address.")
    String url = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "File or directory in the repository.")
    String path = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PATH",
            description = "Where to put it; its own name when it is not given.")
    @Nullable
    String out;

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Branch, tag or commit of the repository.")
    @Nullable
    String revision;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "Taken, but without effect: files are copied one by one.")
    int jobs;
}
