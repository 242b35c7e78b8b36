package dev.cairn.magics.command;

import dev.cairn.magics.render.Text;
import java.util.Objects;

/** {@code version}. */
final class VersionCommand extends DvcCommand {
    private static final String DVC = "2.58.2";

    /** Cairn's version, and the version of DVC whose files and commands it follows. */
    static final String VERSION = "cairn "
            + Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "development")
            + " (as DVC " + DVC + ")";

    @Override
    Object run(CommandContext context) {
        return Text.lines(VERSION + "\nJava " + Runtime.version() + "\n" + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
    }
}
