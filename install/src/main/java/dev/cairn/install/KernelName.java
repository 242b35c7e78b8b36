package dev.cairn.install;

import picocli.CommandLine.Option;

/** The option that says which of the installed kernels is meant. */
final class KernelName {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "cairn-java",
            description = "Its name (${DEFAULT-VALUE}).")
    String value = "";
}
