package dev.cairn.jupyter.display;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value in the forms a front end may choose from.
 *
 * @param data by MIME type: strings, or JSON where the type is JSON
 * @param metadata by MIME type
 * @param displayId the id under which it can be updated, if it has one
 */
public record MimeBundle(JsonObject data, JsonObject metadata, @Nullable String displayId) {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    /** A bundle of plain text only. */
    public static MimeBundle ofText(String text) {
        var data = new JsonObject();
        data.addProperty("text/plain", text);
        return new MimeBundle(data, new JsonObject(), null);
    }

    /** A bundle of one MIME type. */
    public static MimeBundle of(String mimeType, String content) {
        var data = new JsonObject();
        data.add(mimeType, jsonValue(mimeType, content));
        return new MimeBundle(data, new JsonObject(), null);
    }

    /** What the base kernel's display data holds; JSON types become JSON, which it keeps as strings. */
    public static MimeBundle of(DisplayData display) {
        // The class keeps its maps to itself; its JSON form is the way to them.
        JsonObject parts = GSON.toJsonTree(display).getAsJsonObject();
        var data = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : object(parts, "data").entrySet()) {
            data.add(entry.getKey(), jsonValue(entry.getKey(), entry.getValue()));
        }
        String id = display.hasDisplayId() ? display.getDisplayId() : null;
        return new MimeBundle(data, object(parts, "metadata"), id);
    }

    /** The same bundle under a display id. */
    public MimeBundle withDisplayId(String id) {
        return new MimeBundle(data, metadata, id);
    }

    /** The plain text form. */
    public Optional<String> text() {
        return Optional.ofNullable(data.get("text/plain"))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject found ? found : new JsonObject();
    }

    private static JsonElement jsonValue(String mimeType, Object value) {
        JsonElement element = value instanceof JsonElement already ? already : new JsonPrimitive(String.valueOf(value));
        boolean isText =
                element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
        if (isJson(mimeType)) {
            return isText ? parsed(element.getAsString(), element) : element;
        }
        if (element.isJsonArray()) {
            return new JsonPrimitive(Base64.getEncoder().encodeToString(GSON.fromJson(element, byte[].class)));
        }
        return isText ? element : new JsonPrimitive(element.toString());
    }

    private static boolean isJson(String mimeType) {
        return mimeType.endsWith("/json") || mimeType.endsWith("+json");
    }

    private static JsonElement parsed(String text, JsonElement otherwise) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException e) {
            return otherwise;
        }
    }
}
