package dev.cairn.jupyter.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * One cell of a notebook, as its JSON with texts in one piece. Never changed: the methods that change something give a new one.
 *
 * @param json as in nbformat 4.5, but {@code source} and texts of outputs are strings
 */
public record NotebookCell(JsonObject json) {
    /** What kind of cell it is. */
    public enum Type {
        CODE,
        MARKDOWN,
        RAW
    }

    /** Makes a code cell. */
    public static NotebookCell code(String id, String source, List<String> tags) {
        var metadata = new JsonObject();
        if (!tags.isEmpty()) {
            var list = new JsonArray();
            tags.forEach(list::add);
            metadata.add("tags", list);
        }
        var json = new JsonObject();
        json.addProperty("cell_type", "code");
        json.add("execution_count", JsonNull.INSTANCE);
        json.addProperty("id", id);
        json.add("metadata", metadata);
        json.add("outputs", new JsonArray());
        json.addProperty("source", source);
        return new NotebookCell(json);
    }

    /** The cell's id; empty in files older than nbformat 4.5. */
    public String id() {
        return text("id");
    }

    /** Its kind. */
    public Type type() {
        return switch (text("cell_type")) {
            case "code" -> Type.CODE;
            case "markdown" -> Type.MARKDOWN;
            default -> Type.RAW;
        };
    }

    /** Its source. */
    public String source() {
        return text("source");
    }

    /** Its tags. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        if (json.get("metadata") instanceof JsonObject metadata && metadata.get("tags") instanceof JsonArray list) {
            list.forEach(tag -> tags.add(tag.getAsString()));
        }
        return tags;
    }

    /** Its number when it was run last; empty text when it was not. */
    public String executionCount() {
        return text("execution_count");
    }

    /** Its outputs, as nbformat has them, with texts in one piece. */
    public List<JsonObject> outputs() {
        List<JsonObject> outputs = new ArrayList<>();
        if (json.get("outputs") instanceof JsonArray list) {
            list.forEach(output -> outputs.add(output.getAsJsonObject()));
        }
        return outputs;
    }

    /** The cell with other outputs. */
    public NotebookCell with(int executionCount, List<JsonObject> outputs) {
        JsonElement count = executionCount == 0 ? JsonNull.INSTANCE : new JsonPrimitive(executionCount);
        var list = new JsonArray();
        outputs.forEach(list::add);
        JsonObject changed = json.deepCopy();
        changed.add("execution_count", count);
        changed.add("outputs", list);
        return new NotebookCell(changed);
    }

    private String text(String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
