package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.history.History;
import dev.cairn.jupyter.history.HistoryEntry;
import dev.cairn.jupyter.protocol.Message;
import java.util.List;

/** Looks up what a history request asks for. */
final class HistoryReplies {
    private static final int DEFAULT_TAIL = 1000;

    private HistoryReplies() {}

    static JsonObject content(History history, Message request) {
        boolean withOutput = request.flag("output", false);
        var list = new JsonArray();
        for (HistoryEntry entry : entries(history, request)) {
            list.add(entry(entry, withOutput));
        }
        JsonObject content = Replies.ok();
        content.add("history", list);
        return content;
    }

    private static List<HistoryEntry> entries(History history, Message request) {
        return switch (request.text("hist_access_type").orElse("tail")) {
            case "range" -> history.range(
                    request.number("session", 0),
                    request.number("start", 0),
                    request.number("stop", Integer.MAX_VALUE));
            case "search" -> history.search(
                    request.text("pattern").orElse("*"),
                    request.number("n", Integer.MAX_VALUE),
                    request.flag("unique", false));
            default -> history.tail(request.number("n", DEFAULT_TAIL));
        };
    }

    private static JsonArray entry(HistoryEntry entry, boolean withOutput) {
        var list = new JsonArray();
        list.add(entry.session());
        list.add(entry.number());
        if (withOutput) {
            var pair = new JsonArray();
            pair.add(entry.source());
            pair.add(entry.output());
            list.add(pair);
        } else {
            list.add(entry.source());
        }
        return list;
    }
}
