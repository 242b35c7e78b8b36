package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.session.KernelSession;
import java.util.Optional;

/** Answers the questions that leave the session as it is, on whichever channel they come. */
final class Answers {
    private final KernelSession session;

    Answers(KernelSession session) {
        this.session = session;
    }

    /** The content of the reply; absent when this is no such question. */
    Optional<JsonObject> to(Message request) {
        return switch (request.type()) {
            case "kernel_info_request" -> Optional.of(KernelInfo.content());
            case "complete_request" -> Optional.of(Replies.complete(session, request));
            case "is_complete_request" -> Optional.of(Replies.isComplete(session, request));
            case "inspect_request" -> Optional.of(Replies.inspect(session, request));
            case "history_request" -> Optional.of(HistoryReplies.content(session.history(), request));
            case "comm_info_request" -> Optional.of(CommMessages.info(session.openComms(), request));
            default -> Optional.empty();
        };
    }
}
