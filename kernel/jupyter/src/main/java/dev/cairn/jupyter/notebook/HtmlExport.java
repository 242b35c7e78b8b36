package dev.cairn.jupyter.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A notebook as one HTML page that needs nothing else. Follows the reader's light or dark theme. */
public final class HtmlExport {
    private final MarkdownHtml markdown;

    /** Makes one for notebooks in a directory; pictures beside them are taken into the page. */
    public HtmlExport(Path directory) {
        markdown = new MarkdownHtml(directory);
    }

    /** The page. */
    public String page(Notebook notebook, String title) {
        String cells = notebook.cells().stream().map(this::cell).collect(Collectors.joining("\n"));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s
                </main>
                </body>
                </html>
                """
                .formatted(Html.escape(title), style(), cells);
    }

    private String cell(NotebookCell cell) {
        return switch (cell.type()) {
            case MARKDOWN -> "<section class=\"markdown\">\n" + markdown(cell) + "</section>";
            case RAW -> "<section class=\"raw\"><pre>" + Html.escape(cell.source()) + "</pre></section>";
            case CODE -> code(cell);
        };
    }

    private String markdown(NotebookCell cell) {
        JsonObject attachments = cell.json().get("attachments") instanceof JsonObject found ? found : new JsonObject();
        return markdown.of(cell.source(), attachments);
    }

    private String code(NotebookCell cell) {
        String number = cell.executionCount().isEmpty() ? " " : cell.executionCount();
        var html = new StringBuilder("<section class=\"code\">\n");
        if (!cell.source().isBlank()) {
            html.append("<div class=\"row\"><div class=\"prompt\">[")
                    .append(Html.escape(number))
                    .append("]:</div><pre class=\"source\"><code>")
                    .append(JavaHtml.of(cell.source()))
                    .append("</code></pre></div>\n");
        }
        for (JsonObject output : cell.outputs()) {
            html.append("<div class=\"row\"><div class=\"prompt\"></div>")
                    .append(output(output))
                    .append("</div>\n");
        }
        return html.append("</section>").toString();
    }

    private String output(JsonObject output) {
        return switch (text(output, "output_type")) {
            case "stream" -> "<pre class=\"output "
                    + (text(output, "name").equals("stderr") ? "stderr" : "stdout")
                    + "\">"
                    + AnsiHtml.of(text(output, "text"))
                    + "</pre>";
            case "error" -> "<pre class=\"output error\">" + AnsiHtml.of(traceback(output)) + "</pre>";
            default -> "<div class=\"output\">" + data(output) + "</div>";
        };
    }

    private String data(JsonObject output) {
        if (!(output.get("data") instanceof JsonObject data)) {
            return "";
        }
        if (data.has("text/html")) {
            return text(data, "text/html");
        }
        if (data.has("image/svg+xml")) {
            // In an image, so that scripts in it stay asleep.
            byte[] svg = text(data, "image/svg+xml").getBytes(StandardCharsets.UTF_8);
            return picture("image/svg+xml", Base64.getEncoder().encodeToString(svg), data);
        }
        for (String type : List.of("image/png", "image/jpeg", "image/gif")) {
            if (data.has(type)) {
                return picture(type, text(data, type).replaceAll("\\s", ""), data);
            }
        }
        if (data.has("text/markdown")) {
            return markdown.of(text(data, "text/markdown"), new JsonObject());
        }
        return "<pre>" + AnsiHtml.of(text(data, "text/plain")) + "</pre>";
    }

    private static String picture(String type, String base64, JsonObject data) {
        return "<img src=\"data:" + type + ";base64," + Html.escape(base64) + "\" alt=\""
                + Html.escape(text(data, "text/plain")) + "\">";
    }

    private static String traceback(JsonObject output) {
        if (!(output.get("traceback") instanceof JsonArray lines) || lines.isEmpty()) {
            return text(output, "ename") + ": " + text(output, "evalue");
        }
        return lines.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining("\n"));
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static String style() {
        try (InputStream stream = HtmlExport.class.getResourceAsStream("notebook.css")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet of exported notebooks cannot be read", e);
        }
    }
}
