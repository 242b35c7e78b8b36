package dev.cairn.magics.command;

import dev.cairn.engine.project.ProjectConfig.Level;
import picocli.CommandLine.Option;

/** The options that choose which file of settings is changed. */
final class LevelOptions {
    @Option(names = "--global", description = "The settings of the user.")
    private boolean global;

    @Option(names = "--system", description = "The settings of the machine.")
    private boolean system;

    @Option(names = "--project", description = "The settings of the project, which Git keeps.")
    private boolean project;

    @Option(names = "--local", description = "The settings of this copy of the project, which Git ignores.")
    private boolean local;

    /** Whether any was chosen. */
    boolean isGiven() {
        return global || system || project || local;
    }

    Level level() {
        if (global) {
            return Level.GLOBAL;
        }
        if (system) {
            return Level.SYSTEM;
        }
        return local && !project ? Level.LOCAL : Level.PROJECT;
    }
}
