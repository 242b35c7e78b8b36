package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.eval.ExceptionReport;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.session.ExecuteReply;
import dev.cairn.jupyter.session.ExecuteRequest;
import dev.cairn.jupyter.session.KernelSession;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Serves what comes in on the shell channel, for the main shell and for subshells. */
final class ShellRequests implements RequestQueue.Server {
    private final KernelSession session;
    private final Answers answers;
    private final Replier replier;
    private final Publisher publisher;
    private final InputRequests inputs;
    private final Channel shell;
    private final Consumer<Message> shutDown;
    private final Clock clock;
    private final PrintStream log;

    /** Makes it; {@code shutDown} ends the kernel because of a request. */
    ShellRequests(
            KernelSession session,
            Replier replier,
            Publisher publisher,
            InputRequests inputs,
            Channel shell,
            Consumer<Message> shutDown,
            Clock clock,
            PrintStream log) {
        this.session = session;
        answers = new Answers(session);
        this.replier = replier;
        this.publisher = publisher;
        this.inputs = inputs;
        this.shell = shell;
        this.shutDown = shutDown;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void serve(Message request, Runnable abortWaiting) {
        replier.whileBusy(request, () -> serveAnyway(request, abortWaiting));
    }

    @Override
    public void abort(Message cell) {
        replier.whileBusy(cell, () -> replier.reply(shell, cell, Replies.aborted(), executionMetadata("aborted")));
    }

    /** Answers a request to a subshell that is not there. */
    void refuse(Message request) {
        String message = "There is no subshell '" + request.subshell().orElse("") + "'";
        var error = new CellError("UnknownSubshell", message, List.of());
        replier.whileBusy(request, () -> replier.replyWithError(shell, request, PublishingSink.errorContent(error)));
    }

    private void serveAnyway(Message request, Runnable abortWaiting) {
        try {
            if (request.type().equals("execute_request")) {
                execute(request, abortWaiting);
            } else {
                answer(request);
            }
        } catch (Throwable e) {
            // The kernel's outermost loop: a request that fails, by an Error even, must not end it.
            e.printStackTrace(log);
            replier.replyWithError(shell, request, PublishingSink.errorContent(ExceptionReport.of(e)));
        }
    }

    private void answer(Message request) {
        Optional<JsonObject> answer = answers.to(request);
        if (answer.isPresent()) {
            replier.reply(shell, request, answer.get());
            return;
        }
        switch (request.type()) {
            case "comm_open", "comm_msg", "comm_close" -> session.serveComm(
                    CommMessages.event(request), new PublishingSink(request, publisher, inputs));
                // Some front ends still send these here.
            case "interrupt_request" -> replier.reply(shell, request, Replies.ok());
            case "shutdown_request" -> shutDown.accept(request);
            default -> log.println("cairn: ignored a message of unknown type '" + request.type() + "'");
        }
    }

    private void execute(Message message, Runnable abortWaiting) {
        JsonObject metadata = executionMetadata("ok");
        ExecuteRequest request = Replies.executeRequest(message);
        ExecuteReply reply = session.execute(request, new PublishingSink(message, publisher, inputs));
        metadata.addProperty("status", reply.isOk() ? "ok" : "error");
        if (!reply.isOk() && !request.isSilent() && message.flag("stop_on_error", true)) {
            abortWaiting.run();
        }
        replier.reply(shell, message, Replies.execute(reply), metadata);
    }

    private JsonObject executionMetadata(String status) {
        var metadata = new JsonObject();
        metadata.addProperty("started", clock.instant().toString());
        metadata.addProperty("status", status);
        return metadata;
    }
}
