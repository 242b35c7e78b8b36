package dev.cairn.magics.command;

import dev.cairn.engine.data.AddRequest;
import dev.cairn.engine.data.DataTracker;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.NotARepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}. */
final class AddCommand extends DvcCommand {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--no-commit", description = "Do not copy the content into the cache.")
    private boolean noCommit;

    @Option(
            names = {"-R", "--recursive"},
            description = "Track each file of directories by itself.")
    private boolean recursive;

    @Option(names = "--glob", description = "Take targets for patterns with * ? [..] and **.")
    private boolean glob;

    @Option(names = "--file", paramLabel = "NAME", description = "Name of the .dvc file.")
    private @Nullable String file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PATH",
            description = "Copy the target, which may lie anywhere, to here and track it.")
    private @Nullable String out;

    @Option(
            names = {"-f", "--force"},
            description = "With --out: replace what is there.")
    private boolean force;

    @Mixin
    private ToRemoteOptions toRemote = new ToRemoteOptions();

    @Mixin
    private AnnotationOptions annotations = new AnnotationOptions();

    @Override
    @Nullable
    Object run(CommandContext context) {
        requireSensible();
        List<String> distinct = distinct(context);
        try {
            DataTracker.Added added = new DataTracker(context.project())
                    .add(new AddRequest(
                            distinct,
                            !noCommit,
                            recursive,
                            glob,
                            file,
                            new AddRequest.Place(out, toRemote.transfer(context), force),
                            annotations.values()));
            context.gitHint(added.gitPaths());
            return null;
        } catch (NotARepositoryException e) {
            throw e;
        } catch (EngineException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, e.getMessage(), e.hint());
        }
    }

    private List<String> distinct(CommandContext context) {
        Set<String> repeated = new java.util.TreeSet<>();
        Set<String> seen = new java.util.LinkedHashSet<>();
        targets.stream().filter(target -> !seen.add(target)).forEach(repeated::add);
        if (!repeated.isEmpty()) {
            context.io().err().print("ignoring duplicated targets: " + String.join(", ", repeated) + "\n");
        }
        return List.copyOf(seen);
    }

    private void requireSensible() {
        if (file != null && (recursive || targets.size() > 1)) {
            throw refusal("cannot use `fname` with multiple targets or `-R|--recursive`");
        }
        if (!toRemote.isGiven() && out == null) {
            if (toRemote.isRemoteInVain()) {
                throw refusal("--remote can't be used without --to-remote");
            }
            if (toRemote.areJobsInVain()) {
                throw refusal("--jobs can't be used without --to-remote");
            }
            return;
        }
        String with = toRemote.isGiven() ? "--to-remote" : "-o";
        if (targets.size() != 1) {
            throw refusal("multiple targets can't be used with " + with);
        }
        if (noCommit) {
            throw refusal("--no-commit option can't be used with " + with);
        }
        if (recursive) {
            throw refusal("--recursive option can't be used with " + with);
        }
    }

    private static CommandFailure refusal(String message) {
        return new CommandFailure(ExitCodes.DIFFERENT, message, "");
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--external");
    }
}
