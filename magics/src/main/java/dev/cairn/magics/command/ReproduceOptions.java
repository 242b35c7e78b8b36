package dev.cairn.magics.command;

import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that {@code repro} and {@code exp run} share. */
final class ReproduceOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "TARGET",
            description = "Stages or files; all stages of ./dvc.yaml when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "Run stages even if they did not change.")
    private boolean force;

    @Option(
            names = {"-s", "--single-item"},
            description = "Run only the targets, not what they need.")
    private boolean single;

    @Option(
            names = {"-p", "--pipeline"},
            description = "Run the whole pipelines of the targets.")
    private boolean pipeline;

    @Option(
            names = {"-P", "--all-pipelines"},
            description = "Run all pipelines of the project.")
    private boolean all;

    @Option(names = "--downstream", description = "Run the targets and what needs them.")
    private boolean downstream;

    @Option(names = "--force-downstream", description = "Run everything that needs a stage that ran.")
    private boolean forceDownstream;

    @Option(names = "--dry", description = "Only tell what would run.")
    private boolean dry;

    @Option(
            names = {"-i", "--interactive"},
            description = "Ask before each stage.")
    private boolean interactive;

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories: the stages declared in them.")
    private boolean recursive;

    @Option(names = "--glob", description = "Targets are patterns of stages' names.")
    private boolean glob;

    @Option(names = "--pull", description = "Bring what is not in the cache from the remote.")
    private boolean pull;

    @Option(names = "--allow-missing", description = "Data that is only missing is no reason to run.")
    private boolean allowMissing;

    @Option(
            names = {"-m", "--metrics"},
            description = "Show metrics afterwards.")
    private boolean metrics;

    boolean showsMetrics() {
        return metrics;
    }

    boolean isForced() {
        return force;
    }

    ReproduceRequest request(boolean sharesStreams, Set<Flag> more) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(more);
        set(flags, force, Flag.FORCE);
        set(flags, single, Flag.SINGLE_ITEM);
        set(flags, pipeline, Flag.PIPELINE);
        set(flags, all, Flag.ALL_PIPELINES);
        set(flags, downstream, Flag.DOWNSTREAM);
        set(flags, forceDownstream, Flag.FORCE_DOWNSTREAM);
        set(flags, dry, Flag.DRY);
        set(flags, interactive, Flag.INTERACTIVE);
        set(flags, recursive, Flag.RECURSIVE);
        set(flags, glob, Flag.GLOB);
        set(flags, pull, Flag.PULL);
        set(flags, allowMissing, Flag.ALLOW_MISSING);
        return new ReproduceRequest(targets, flags, sharesStreams);
    }

    private static void set(Set<Flag> flags, boolean isSet, Flag flag) {
        if (isSet) {
            flags.add(flag);
        }
    }
}
