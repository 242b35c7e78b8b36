package dev.cairn.magics.command;

import dev.cairn.engine.project.Project;
import dev.cairn.magics.render.Text;
import dev.cairn.store.ignore.IgnorePattern;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check-ignore}. */
final class CheckIgnoreCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files or directories.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-d", "--details"},
            description = "Show file, line and pattern that decide.")
    private boolean details;

    @Option(
            names = {"-a", "--all"},
            description = "With --details: every pattern that matches, not only the last.")
    private boolean all;

    @Option(
            names = {"-n", "--non-matching"},
            description = "With --details: also paths that no pattern matches.")
    private boolean nonMatching;

    @Option(names = "--stdin", description = "Read paths from the standard input, one a line.")
    private boolean stdin;

    @Override
    Object run(CommandContext context) {
        requireSensible();
        StringBuilder out = new StringBuilder();
        boolean isAny = false;
        for (String target : stdin ? lines() : targets) {
            isAny |= describe(context.project(), target, out);
        }
        if (!isAny) {
            context.io().out().print(out.toString());
            throw new CommandFailure(ExitCodes.DIFFERENT, "", "");
        }
        return Text.exactly(out.toString());
    }

    private void requireSensible() {
        if (stdin && !targets.isEmpty()) {
            throw new CommandFailure(ExitCodes.ERROR, "cannot have both `targets` and `--stdin`", "");
        }
        if (targets.isEmpty() && !stdin) {
            throw new CommandFailure(ExitCodes.ERROR, "`targets` or `--stdin` needed", "");
        }
        if (nonMatching && !details) {
            throw new CommandFailure(ExitCodes.ERROR, "`--non-matching` is only valid with `--details`", "");
        }
        if (all && !details) {
            throw new CommandFailure(ExitCodes.ERROR, "`--all` is only valid with `--details`", "");
        }
        if (quiet && details) {
            throw new CommandFailure(ExitCodes.ERROR, "cannot use both `--details` and `--quiet`", "");
        }
    }

    /** Up to the first empty line. */
    private static List<String> lines() {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return in.lines().takeWhile(line -> !line.isEmpty()).toList();
    }

    private boolean describe(Project project, String target, StringBuilder out) {
        Path path = project.environment().workingDirectory().resolve(target).normalize();
        List<IgnorePattern> patterns = project.ignoreRules().matches(path, Files.isDirectory(path));
        if (!details) {
            out.append(patterns.isEmpty() ? "" : target + "\n");
        } else if (patterns.isEmpty()) {
            out.append(nonMatching ? "::\t" + target + "\n" : "");
        } else {
            List<IgnorePattern> shown = all ? patterns : patterns.subList(patterns.size() - 1, patterns.size());
            shown.forEach(pattern -> out.append(
                            project.root().relativize(pattern.file()).toString().replace('\\', '/'))
                    .append(':')
                    .append(pattern.line())
                    .append(':')
                    .append(pattern.text())
                    .append('\t')
                    .append(target)
                    .append('\n'));
        }
        return !patterns.isEmpty();
    }
}
