package dev.cairn.install;

import dev.cairn.engine.project.Environment;
import dev.cairn.live.Checkpoint;
import dev.cairn.magics.command.CommandIo;
import dev.cairn.magics.command.CommandLineInterface;
import dev.cairn.magics.command.OpenProjects;
import java.io.File;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** DVC's command line. Projects stay open from one command to the next, until it is closed. */
final class DvcProgram implements Program, AutoCloseable {
    private final boolean sharesStreams;
    private final OpenProjects projects = new OpenProjects();
    private final CommandLineInterface commands = new CommandLineInterface(projects);

    /** With stages that use the process's own streams, as in a terminal, or that do not. */
    DvcProgram(boolean sharesStreams) {
        this.sharesStreams = sharesStreams;
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) {
        Environment environment = new Environment(
                invocation.directory(),
                invocation.environment(),
                Clock.system(ZoneId.systemDefault()),
                new SecureRandom());
        CommandIo io = CommandIo.terminal(
                invocation.out(),
                invocation.err(),
                environment,
                stageEnvironment(invocation.environment()),
                sharesStreams);
        return commands.execute(arguments, io);
    }

    @Override
    public void close() {
        projects.close();
    }

    /** Java programs that are stages find {@code Checkpoint} and {@code Live} on their class path. */
    private static Map<String, String> stageEnvironment(Map<String, String> environment) {
        String live = Path.of(Checkpoint.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        return Map.of("CLASSPATH", live + File.pathSeparator + environment.getOrDefault("CLASSPATH", "."));
    }
}
