package dev.cairn.magics.command;

import dev.cairn.engine.experiment.QueueControl;
import dev.cairn.engine.experiment.QueueControl.Item;
import dev.cairn.engine.experiment.QueueControl.State;
import dev.cairn.magics.render.Text;
import dev.cairn.magics.render.TextTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code queue}. */
final class QueueCommands {
    private QueueCommands() {}

    /** {@code queue start}. */
    static final class Start extends DvcCommand {
        @Option(
                names = {"-j", "--jobs"},
                paramLabel = "N",
                description = "Have so many workers.")
        private int jobs = 1;

        @Override
        Object run(CommandContext context) {
            int missing = Math.max(0, jobs - new QueueControl(context.project()).workerCount());
            for (int i = 0; i < missing; i++) {
                QueueWorker.start(context.project(), context.io().stageEnvironment());
            }
            return Text.lines(
                    "Started '%d' new experiments task queue worker%s.".formatted(missing, missing > 1 ? "s" : ""));
        }
    }

    /** {@code queue stop}. */
    static final class Stop extends DvcCommand {
        @Option(names = "--kill", description = "End what runs now, too.")
        private boolean kill;

        @Override
        Object run(CommandContext context) {
            QueueControl control = new QueueControl(context.project());
            control.stopWorkers();
            if (kill) {
                control.killAll();
                return Text.lines("All running tasks in the queue have been killed.Queue workers are stopping.");
            }
            return Text.lines("Queue workers will stop after running tasks finish.");
        }
    }

    /** {@code queue status}. */
    static final class Status extends DvcCommand {
        @Override
        Object run(CommandContext context) {
            QueueControl control = new QueueControl(context.project());
            List<Item> items = control.items();
            int active = (int)
                    items.stream().filter(item -> item.state() == State.RUNNING).count();
            int idle = Math.max(0, control.workerCount() - active);
            return context.answer(
                    items,
                    () -> table(items, context.environment().clock())
                            + "\nWorker status: %d active, %d idle\n".formatted(active, idle));
        }

        private static String table(List<Item> items, Clock clock) {
            if (items.isEmpty()) {
                return "No experiment tasks in the queue.\n";
            }
            List<List<String>> rows = new ArrayList<>();
            for (Item item : items) {
                String state = item.state().name();
                rows.add(List.of(
                        item.task().substring(0, 7),
                        item.name(),
                        time(item.created(), clock),
                        state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT)));
            }
            return TextTables.plain(List.of("Task", "Name", "Created", "Status"), rows);
        }

        private static String time(@Nullable Instant created, Clock clock) {
            if (created == null) {
                return "";
            }
            ZonedDateTime time = created.atZone(clock.getZone());
            boolean isToday = time.toLocalDate()
                    .equals(clock.instant().atZone(clock.getZone()).toLocalDate());
            return DateTimeFormatter.ofPattern(isToday ? "hh:mm a" : "MMM dd, yyyy", Locale.ENGLISH)
                    .format(time);
        }
    }

    /** {@code queue logs}. */
    static final class Logs extends DvcCommand {
        private static final long PAUSE_MILLIS = 200;

        @Parameters(index = "0", paramLabel = "TASK", description = "Name of an experiment, or hash of its task.")
        private String name = "";

        @Option(
                names = {"-f", "--follow"},
                description = "Go on until it ends.")
        private boolean follow;

        @Option(
                names = {"-e", "--encoding"},
                paramLabel = "NAME",
                description = "Taken for DVC's sake: output is shown as it came.")
        @Nullable
        String encoding;

        @Override
        @Nullable
        Object run(CommandContext context) throws InterruptedException {
            QueueControl control = new QueueControl(context.project());
            Path log = control.log(name);
            if (follow) {
                context.io()
                        .out()
                        .print(
                                "Following logs for experiment '%s'. Use Ctrl+C to stop following logs (experiment execution will continue).\n\n"
                                        .formatted(name));
            }
            try (InputStream stream = Files.newInputStream(log)) {
                boolean isRunning = follow && control.isRunning(name);
                stream.transferTo(context.io().out());
                while (isRunning) {
                    Thread.sleep(PAUSE_MILLIS);
                    isRunning = control.isRunning(name);
                    stream.transferTo(context.io().out());
                    context.io().out().flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + log, e);
            }
            return null;
        }
    }

    /** {@code queue kill}. */
    static final class Kill extends DvcCommand {
        @Parameters(arity = "1..*", paramLabel = "TASK", description = "Names of experiments, or hashes of tasks.")
        private List<String> names = new ArrayList<>();

        @Option(
                names = {"-f", "--force"},
                description = "Taken for DVC's sake: an experiment that does not end by itself is ended.")
        boolean force;

        @Override
        @Nullable
        Object run(CommandContext context) {
            QueueControl control = new QueueControl(context.project());
            List<String> unknown =
                    names.stream().filter(name -> !control.isRunning(name)).toList();
            StringBuilder text = new StringBuilder();
            control.kill(names.stream().filter(name -> !unknown.contains(name)).toList())
                    .forEach(name -> text.append(name).append(" has been killed.\n"));
            context.io().out().print(text);
            control.kill(unknown);
            return null;
        }
    }

    /** {@code queue remove}. */
    static final class Remove extends DvcCommand {
        @Parameters(arity = "0..*", paramLabel = "TASK", description = "Names of experiments, or hashes of tasks.")
        private List<String> names = new ArrayList<>();

        @Option(names = "--all", description = "Remove everything that does not run.")
        private boolean all;

        @Option(names = "--queued", description = "Remove what waits.")
        private boolean queued;

        @Option(names = "--failed", description = "Remove what failed.")
        private boolean failed;

        @Option(names = "--success", description = "Remove what went well; the experiments stay.")
        private boolean success;

        @Override
        Object run(CommandContext context) {
            Set<State> states = EnumSet.noneOf(State.class);
            add(states, queued, State.QUEUED);
            add(states, failed, State.FAILED);
            add(states, success, State.SUCCESS);
            if (states.isEmpty() == names.isEmpty()) {
                throw new CommandFailure(
                        ExitCodes.ERROR,
                        "Either provide an `tasks` argument, or use the `--all`, `--queued`, `--failed`, `--success` flag.",
                        "");
            }
            QueueControl control = new QueueControl(context.project());
            List<String> removed = names.isEmpty() ? control.removeAll(states) : control.remove(names);
            return Text.lines(
                    removed.isEmpty()
                            ? "No tasks found named []"
                            : "Removed tasks in queue: " + String.join(", ", removed));
        }

        private void add(Set<State> states, boolean isSet, State state) {
            if (isSet || all) {
                states.add(state);
            }
        }
    }
}
