package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.eval.ExceptionReport;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.session.KernelSession;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Serves what comes in on the control channel, which is answered whatever the shells are doing. */
final class ControlRequests {
    // The others may have to wait for JShell.
    private static final Set<String> QUESTIONS = Set.of("kernel_info_request", "comm_info_request", "history_request");

    private final KernelSession session;
    private final Answers answers;
    private final Subshells subshells;
    private final Replier replier;
    private final Channel control;
    private final Consumer<Message> shutDown;
    private final PrintStream log;

    ControlRequests(
            KernelSession session,
            Subshells subshells,
            Replier replier,
            Channel control,
            Consumer<Message> shutDown,
            PrintStream log) {
        this.session = session;
        answers = new Answers(session);
        this.subshells = subshells;
        this.replier = replier;
        this.control = control;
        this.shutDown = shutDown;
        this.log = log;
    }

    void serve(Message request) {
        replier.whileBusy(request, () -> {
            try {
                answer(request);
            } catch (Throwable e) {
                // The outermost loop, as with the shell's requests.
                e.printStackTrace(log);
                replier.replyWithError(control, request, PublishingSink.errorContent(ExceptionReport.of(e)));
            }
        });
    }

    private void answer(Message request) {
        if (request.type().equals("shutdown_request")) {
            shutDown.accept(request);
            return;
        }
        Optional<JsonObject> answer = QUESTIONS.contains(request.type()) ? answers.to(request) : act(request);
        if (answer.isPresent()) {
            replier.reply(control, request, answer.get());
        } else {
            log.println("cairn: ignored a control message of unknown type '" + request.type() + "'");
        }
    }

    private Optional<JsonObject> act(Message request) {
        return switch (request.type()) {
            case "interrupt_request" -> {
                session.interrupt();
                yield Optional.of(Replies.ok());
            }
            case "create_subshell_request" -> {
                JsonObject content = Replies.ok();
                content.addProperty("subshell_id", subshells.create());
                yield Optional.of(content);
            }
            case "delete_subshell_request" -> Optional.of(
                    delete(request.text("subshell_id").orElse("")));
            case "list_subshell_request" -> Optional.of(list());
            default -> Optional.empty();
        };
    }

    private JsonObject delete(String id) {
        if (subshells.delete(id)) {
            return Replies.ok();
        }
        var error = new CellError("UnknownSubshell", "There is no subshell '" + id + "'", List.of());
        return Replies.error(PublishingSink.errorContent(error));
    }

    private JsonObject list() {
        JsonObject content = Replies.ok();
        var ids = new JsonArray();
        subshells.ids().forEach(ids::add);
        content.add("subshell_id", ids);
        return content;
    }
}
