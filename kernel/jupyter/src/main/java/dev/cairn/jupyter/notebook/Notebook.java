package dev.cairn.jupyter.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A notebook file of format 4. Written exactly as nbformat writes it: keys sorted, indented by one, long texts as lists of
 * lines, so that a version control system sees small changes.
 *
 * @param cells its cells
 * @param metadata its metadata
 * @param minorFormat the minor version of the format
 */
public record Notebook(List<NotebookCell> cells, JsonObject metadata, int minorFormat) {
    private static final int FORMAT = 4;
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    public Notebook {
        cells = List.copyOf(cells);
    }

    /**
     * Reads a file.
     *
     * @throws NotebookException when it is no notebook of format 4
     */
    public static Notebook read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /** Reads a notebook's text; {@code name} is for messages. */
    public static Notebook parse(String text, String name) {
        JsonObject json;
        try {
            json = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new NotebookException(name + " is not a notebook: " + e.getMessage(), e);
        }
        if (!json.has("nbformat") || json.get("nbformat").getAsInt() != FORMAT || !json.has("cells")) {
            throw new NotebookException(
                    name + " is not a notebook of format 4. Convert it: jupyter nbconvert --to notebook --nbformat 4");
        }
        List<NotebookCell> cells = new ArrayList<>();
        for (JsonElement cell : json.getAsJsonArray("cells")) {
            cells.add(new NotebookCell(MultilineText.join(cell.getAsJsonObject())));
        }
        JsonObject metadata = json.get("metadata") instanceof JsonObject found ? found : new JsonObject();
        return new Notebook(
                cells,
                metadata,
                json.has("nbformat_minor") ? json.get("nbformat_minor").getAsInt() : 0);
    }

    /** The notebook with other cells. */
    public Notebook withCells(List<NotebookCell> changed) {
        return new Notebook(changed, metadata, minorFormat);
    }

    /** The file's text. */
    public String toJson() {
        var json = new JsonObject();
        var list = new JsonArray();
        cells.forEach(cell -> list.add(MultilineText.split(cell.json())));
        json.add("cells", list);
        json.add("metadata", metadata);
        json.addProperty("nbformat", FORMAT);
        json.addProperty("nbformat_minor", minorFormat);
        var text = new StringWriter();
        try (var writer = new JsonWriter(text)) {
            writer.setIndent(" ");
            writer.setHtmlSafe(false);
            writer.setSerializeNulls(true);
            GSON.toJson(sorted(json), writer);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text + "\n";
    }

    /** Writes the file, beside and then over the old one. */
    public void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path beside = Files.createTempFile(target.getParent(), ".cairn-", ".ipynb");
        try {
            Files.writeString(beside, toJson());
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static JsonElement sorted(JsonElement element) {
        if (element instanceof JsonArray array) {
            var result = new JsonArray(array.size());
            array.forEach(item -> result.add(sorted(item)));
            return result;
        }
        if (element instanceof JsonObject object) {
            var result = new JsonObject();
            for (Map.Entry<String, JsonElement> entry : new TreeMap<>(object.asMap()).entrySet()) {
                result.add(entry.getKey(), sorted(entry.getValue()));
            }
            return result;
        }
        return element;
    }
}
