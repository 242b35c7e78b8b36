package dev.cairn.magics.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every command by name. Classes of commands are loaded when they are used. */
final class CommandCatalog {
    /** DVC's commands that Cairn does not have yet: refused by name, so that nobody takes them for misspelt. */
    static final Set<String> NOT_SUPPORTED_YET = Set.of(
            "run",
            "list-url",
            "ls-url",
            "install",
            "completion",
            "git-hook",
            "data ls",
            "studio",
            "exp queue-worker",
            "exp exec-run");

    /** @param path one word, or two for a command of a group */
    record Entry(String path, String description, @Nullable Supplier<DvcCommand> factory) {
        boolean isGroup() {
            return factory == null;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    CommandCatalog() {
        add("init", "Make the working directory a project.", InitCommand::new);
        add("add", "Track files or directories.", AddCommand::new);
        group("exp", "Run, show, compare and apply experiments.");
        add("exp init", "Make a first stage to run experiments of.", ExpInitCommand::new);
        add("exp run", "Run the pipeline as an experiment, or resume one.", ExpRunCommand::new);
        add("exp show", "Show experiments and checkpoints as a table.", ExpShowCommand::new);
        add("exp diff", "Show what changed between two experiments.", ExpDiffCommand::new);
        add("exp list", "List experiments.", ExpListCommand::new);
        add("exp apply", "Bring an experiment or checkpoint back to the workspace.", ExpApplyCommand::new);
        add("exp branch", "Make a Git branch of an experiment or checkpoint.", ExpBranchCommand::new);
        add("exp remove", "Remove experiments.", ExpRemoveCommand::new);
        add("exp save", "Keep the workspace as it is as an experiment.", ExpSaveCommand::new);
        add("exp rename", "Give an experiment another name.", ExpRenameCommand::new);
        add("exp gc", "Remove experiments except those of the commits named.", ExpGcCommand::new);
        add("exp clean", "Remove what workers of the queue left behind.", ExpCleanCommand::new);
        add("exp star", "Put a star on experiments, or take it off.", ExpStarCommand::new);
        add("exp tag", "Put tags on an experiment, or take them off.", ExpTagCommand::new);
        add("exp note", "Note something about an experiment.", ExpNoteCommand::new);
        add("exp explain", "Tell what made experiments differ.", ExpExplainCommand::new);
        add("exp verify", "Replay an experiment and compare what comes out.", ExpVerifyCommand::new);
        add("exp push", "Send experiments to a Git remote.", ExpPushCommand::new);
        add("exp pull", "Bring experiments from a Git remote.", ExpPullCommand::new);
        group("checkpoint", "Look at checkpoints.");
        add("checkpoint du", "Show how much room checkpoints take.", CheckpointDuCommand::new);
        group("queue", "Run experiments in the background.");
        add("queue start", "Start workers that run what waits.", QueueCommands.Start::new);
        add("queue stop", "Stop the workers.", QueueCommands.Stop::new);
        add("queue status", "Show what runs, waits, failed and went well.", QueueCommands.Status::new);
        add("queue logs", "Show the output of an experiment of the queue.", QueueCommands.Logs::new);
        add("queue kill", "End experiments that run; their checkpoints are kept.", QueueCommands.Kill::new);
        add("queue remove", "Remove experiments from the queue.", QueueCommands.Remove::new);
        add("repro", "Run the stages that changed.", ReproCommand::new);
        group("stage", "Add and list stages.");
        add("stage add", "Add a stage to dvc.yaml.", StageAddCommand::new);
        add("stage list", "List stages.", StageListCommand::new);
        add("status", "Show what changed since stages last ran.", StatusCommand::new);
        add("freeze", "Take stages for up to date, whatever changes.", () -> new FreezeCommand(true));
        add("unfreeze", "Let frozen stages run again.", () -> new FreezeCommand(false));
        add("remove", "Remove stages or stop tracking data.", RemoveCommand::new);
        add("move", "Rename tracked data.", MoveCommand::new);
        add("check-ignore", "Show which paths .dvcignore excludes, and by what line.", CheckIgnoreCommand::new);
        add("diff", "Show how tracked data differs between revisions.", DiffCommand::new);
        group("data", "Show how tracked data stands.");
        add("data status", "Show what changed since the last commit.", DataStatusCommand::new);
        add("commit", "Take the workspace as it is for what the stages made.", CommitCommand::new);
        add("checkout", "Bring outputs from the cache to the workspace.", CheckoutCommand::new);
        add("push", "Copy outputs to a remote.", PushCommand::new);
        add("fetch", "Copy outputs from a remote to the cache.", FetchCommand::new);
        add("pull", "Copy outputs from a remote to the workspace.", PullCommand::new);
        add("import", "Track data of another repository.", ImportCommand::new);
        add("import-url", "Track a file or folder from elsewhere.", ImportUrlCommand::new);
        add("update", "Bring imported data up to date.", UpdateCommand::new);
        add("get", "Copy data of another repository.", GetCommand::new);
        add("get-url", "Copy a file or folder from elsewhere.", GetUrlCommand::new);
        add("list", "Show what is in a repository.", ListCommand::new);
        add("ls", "The same.", ListCommand::new);
        add("gc", "Remove from the cache what is not used.", GcCommand::new);
        add("dag", "Show stages and what needs what.", DagCommand::new);
        group("metrics", "Show and compare metrics.");
        add("metrics show", "Show metrics.", MetricsShowCommand::new);
        add("metrics diff", "Compare metrics of two revisions.", MetricsDiffCommand::new);
        group("params", "Compare parameters.");
        add("params diff", "Compare parameters of two revisions.", ParamsDiffCommand::new);
        group("plots", "Draw metrics from data files. Alone: `plots show`.");
        add("plots show", "Draw the plots of the workspace.", PlotsShowCommand::new);
        add("plots diff", "Draw the plots of several revisions over each other.", PlotsDiffCommand::new);
        add("plots modify", "Change how a plot of a stage is drawn.", PlotsModifyCommand::new);
        add("plots templates", "List the kinds of plots, or print one.", PlotsTemplatesCommand::new);
        add("config", "Show or change settings.", ConfigCommand::new);
        group("remote", "Manage remote storage.");
        add("remote add", "Add a remote.", RemoteCommands.Add::new);
        add("remote list", "List remotes.", RemoteCommands.Listing::new);
        add("remote default", "Show or set the default remote.", RemoteCommands.Default::new);
        add("remote modify", "Change a remote.", RemoteCommands.Modify::new);
        add("remote rename", "Give a remote another name.", RemoteCommands.Rename::new);
        add("remote remove", "Remove a remote.", RemoteCommands.Remove::new);
        group("cache", "Manage the cache.");
        add("cache dir", "Show or set where the cache is.", CacheDirCommand::new);
        add("unprotect", "Make links into the cache files that can be edited.", UnprotectCommand::new);
        add("destroy", "Remove everything but the data itself.", DestroyCommand::new);
        add("root", "Print the way to the project's top directory.", RootCommand::new);
        add("version", "Print the version.", VersionCommand::new);
    }

    private void add(String path, String description, Supplier<DvcCommand> factory) {
        entries.put(path, new Entry(path, description, factory));
    }

    private void group(String name, String description) {
        entries.put(name, new Entry(name, description, null));
    }

    Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    /** Names of the commands of a group, or of the top for an empty group. */
    List<String> names(String group) {
        return below(group).stream()
                .map(e -> e.path().substring(e.path().indexOf(' ') + 1))
                .toList();
    }

    List<Entry> below(String group) {
        List<Entry> found = new ArrayList<>();
        entries.forEach((path, entry) -> {
            boolean isTop = path.indexOf(' ') < 0;
            if (group.isEmpty() ? isTop : path.startsWith(group + " ")) {
                found.add(entry);
            }
        });
        return found;
    }
}
