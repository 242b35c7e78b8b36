package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.eval.CodeAssist.CodeState;
import dev.cairn.jupyter.eval.CodeAssist.Completion;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.session.ExecuteReply;
import dev.cairn.jupyter.session.ExecuteRequest;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.NextInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Between the session's values and the contents of messages. */
final class Replies {
    private Replies() {}

    static ExecuteRequest executeRequest(Message message) {
        boolean isSilent = message.flag("silent", false);
        Map<String, String> expressions = new HashMap<>();
        if (message.content().get("user_expressions") instanceof JsonObject asked) {
            for (Map.Entry<String, JsonElement> entry : asked.entrySet()) {
                expressions.put(entry.getKey(), entry.getValue().getAsString());
            }
        }
        return new ExecuteRequest(
                message.text("code").orElse(""),
                isSilent,
                message.flag("store_history", !isSilent),
                message.flag("allow_stdin", true),
                expressions);
    }

    static JsonObject execute(ExecuteReply reply) {
        JsonObject content = reply.error() == null ? ok() : error(PublishingSink.errorContent(reply.error()));
        content.addProperty("execution_count", reply.executionCount());
        var expressions = new JsonObject();
        reply.userExpressions().forEach((name, answer) -> expressions.add(name, answer(answer)));
        content.add("user_expressions", expressions);
        content.add("payload", payload(reply));
        return content;
    }

    private static JsonArray payload(ExecuteReply reply) {
        var payload = new JsonArray();
        for (MimeBundle page : reply.pages()) {
            var entry = new JsonObject();
            entry.addProperty("source", "page");
            entry.add("data", page.data());
            entry.addProperty("start", 0);
            payload.add(entry);
        }
        NextInput nextInput = reply.nextInput();
        if (nextInput != null) {
            var entry = new JsonObject();
            entry.addProperty("source", "set_next_input");
            entry.addProperty("text", nextInput.code());
            entry.addProperty("replace", nextInput.replacesCell());
            payload.add(entry);
        }
        return payload;
    }

    static JsonObject aborted() {
        var content = new JsonObject();
        content.addProperty("status", "aborted");
        return content;
    }

    static JsonObject complete(KernelSession session, Message message) {
        String code = message.text("code").orElse("");
        int cursorPosition = message.number("cursor_pos", code.codePointCount(0, code.length()));
        int cursor = CodePoints.toIndex(code, cursorPosition);
        Completion completion = session.assist().complete(code, cursor);
        JsonObject content = ok();
        int start = CodePoints.fromIndex(code, completion.start());
        int end = CodePoints.fromIndex(code, cursor);
        content.add("matches", array(completion.matches()));
        content.addProperty("cursor_start", start);
        content.addProperty("cursor_end", end);
        content.add("metadata", CompletionTypes.metadata(completion, start, end));
        return content;
    }

    static JsonObject isComplete(KernelSession session, Message message) {
        String code = message.text("code").orElse("");
        CodeState state = session.assist().state(code);
        var content = new JsonObject();
        content.addProperty(
                "status",
                switch (state) {
                    case COMPLETE -> "complete";
                    case INCOMPLETE -> "incomplete";
                    case INVALID -> "invalid";
                });
        if (state == CodeState.INCOMPLETE) {
            content.addProperty("indent", indent(code));
        }
        return content;
    }

    static JsonObject inspect(KernelSession session, Message message) {
        String code = message.text("code").orElse("");
        int cursor = CodePoints.toIndex(code, message.number("cursor_pos", 0));
        boolean withSource = message.number("detail_level", 0) > 0;
        Optional<MimeBundle> found = session.assist().inspect(code, cursor, withSource);
        JsonObject content = ok();
        content.addProperty("found", found.isPresent());
        content.add("data", found.map(MimeBundle::data).orElseGet(JsonObject::new));
        content.add("metadata", new JsonObject());
        return content;
    }

    static JsonObject ok() {
        var content = new JsonObject();
        content.addProperty("status", "ok");
        return content;
    }

    static JsonObject error(JsonObject error) {
        error.addProperty("status", "error");
        return error;
    }

    private static JsonObject answer(ExecuteReply.Answer answer) {
        if (answer instanceof ExecuteReply.Answer.Failed failed) {
            return error(PublishingSink.errorContent(failed.error()));
        }
        MimeBundle bundle = ((ExecuteReply.Answer.Value) answer).bundle();
        JsonObject content = ok();
        content.add("data", bundle.data());
        content.add("metadata", bundle.metadata());
        return content;
    }

    private static String indent(String code) {
        String line = code.substring(code.lastIndexOf('\n') + 1);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        String text = line.stripTrailing();
        return text.endsWith("{") || text.endsWith("(") ? indent + "    " : indent;
    }

    private static JsonArray array(List<String> values) {
        var array = new JsonArray(values.size());
        values.forEach(array::add);
        return array;
    }
}
