package dev.cairn.magics.command;

import picocli.CommandLine.Option;

/** The options that choose how a table is written. */
final class FormatOptions {
    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    boolean json;

    @Option(
            names = {"--md", "--show-md"},
            description = "Write a Markdown table.")
    boolean markdown;
}
