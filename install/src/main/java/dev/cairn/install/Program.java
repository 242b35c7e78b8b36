package dev.cairn.install;

import java.util.List;

/** One of the programs behind the {@code cairn} command. */
@FunctionalInterface
interface Program {
    /** Runs with the words that follow the program's name, and gives the exit status. */
    int run(List<String> arguments, Invocation invocation) throws InterruptedException;
}
