package dev.cairn.jupyter.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Between texts in one piece, as programs want them, and lists of lines, as notebook files have them. */
final class MultilineText {
    private MultilineText() {}

    /** A cell with its texts in one piece. */
    static JsonObject join(JsonObject cell) {
        return convert(cell, MultilineText::joined);
    }

    /** A cell with its texts as lists of lines. */
    static JsonObject split(JsonObject cell) {
        return convert(cell, MultilineText::lines);
    }

    private static JsonObject convert(JsonObject cell, UnaryOperator<JsonElement> conversion) {
        JsonObject result = cell.deepCopy();
        apply(result, "source", conversion);
        if (result.get("outputs") instanceof JsonArray outputs) {
            for (JsonElement element : outputs) {
                JsonObject output = element.getAsJsonObject();
                apply(output, "text", conversion);
                if (output.get("data") instanceof JsonObject data) {
                    convertData(data, conversion);
                }
            }
        }
        return result;
    }

    // JSON types are structures of their own, whatever they hold.
    private static void convertData(JsonObject data, UnaryOperator<JsonElement> conversion) {
        for (Map.Entry<String, JsonElement> entry : data.entrySet()) {
            if (!entry.getKey().endsWith("json")) {
                entry.setValue(conversion.apply(entry.getValue()));
            }
        }
    }

    private static void apply(JsonObject object, String name, UnaryOperator<JsonElement> conversion) {
        if (object.has(name)) {
            object.add(name, conversion.apply(object.get(name)));
        }
    }

    private static JsonElement joined(JsonElement value) {
        if (!(value instanceof JsonArray lines)) {
            return value;
        }
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.getAsString()));
        return new JsonPrimitive(text.toString());
    }

    private static JsonElement lines(JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return value;
        }
        String text = value.getAsString();
        var lines = new JsonArray();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }
}
