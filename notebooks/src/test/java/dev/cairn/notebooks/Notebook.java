package dev.cairn.notebooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An executed notebook: its code cells with what they put out. */
record Notebook(List<Cell> cells) {
    static Notebook read(Path file) throws IOException {
        JsonArray cells =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("cells");
        return new Notebook(stream(cells)
                .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                .map(Cell::new)
                .toList());
    }

    /** All outputs, in order. */
    List<Output> outputs() {
        return cells.stream().flatMap(cell -> cell.outputs().stream()).toList();
    }

    /** The outputs of all cells whose source holds the text. */
    List<Output> outputsOf(String sourcePart) {
        return cells.stream()
                .filter(cell -> cell.source().contains(sourcePart))
                .flatMap(cell -> cell.outputs().stream())
                .toList();
    }

    /** A code cell. */
    record Cell(JsonObject json) {
        String source() {
            return joined(json.get("source"));
        }

        boolean mayFail() {
            JsonElement tags = json.getAsJsonObject("metadata").get("tags");
            return tags != null && tags.getAsJsonArray().toString().contains("\"raises-exception\"");
        }

        List<Output> outputs() {
            return stream(json.getAsJsonArray("outputs")).map(Output::new).toList();
        }

        /**
         * What kinds of output there are, in order. Several of a kind behind each other count once: pieces of one stream, and the runs
         * of a loop, of which chance says how many are done before it is stopped.
         */
        List<String> kinds() {
            List<String> kinds = new ArrayList<>();
            for (Output output : outputs()) {
                if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(output.kind())) {
                    kinds.add(output.kind());
                }
            }
            return kinds;
        }
    }

    /** One output of a cell. */
    record Output(JsonObject json) {
        String type() {
            return json.get("output_type").getAsString();
        }

        boolean isStream() {
            return type().equals("stream");
        }

        boolean isError() {
            return type().equals("error");
        }

        Set<String> mimeTypes() {
            return json.has("data") ? new TreeSet<>(json.getAsJsonObject("data").keySet()) : Set.of();
        }

        String kind() {
            if (isStream()) {
                return "stream " + json.get("name").getAsString();
            }
            return isError() ? "error " + json.get("ename").getAsString() : type() + " " + mimeTypes();
        }

        /** Its plain text, whatever its type. */
        String text() {
            if (isStream()) {
                return joined(json.get("text"));
            }
            if (isError()) {
                return json.get("ename").getAsString() + ": "
                        + json.get("evalue").getAsString();
            }
            JsonElement text = json.getAsJsonObject("data").get("text/plain");
            return text == null ? "" : joined(text);
        }
    }

    private static Stream<JsonObject> stream(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsJsonObject);
    }

    /** The notebook format keeps a text as a string or as a list of lines. */
    private static String joined(JsonElement text) {
        if (!text.isJsonArray()) {
            return text.getAsString();
        }
        return StreamSupport.stream(text.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .collect(Collectors.joining());
    }
}
