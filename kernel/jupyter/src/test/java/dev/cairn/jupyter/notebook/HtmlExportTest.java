package dev.cairn.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlExportTest {
    @TempDir
    Path directory;

    @Test
    void markdownBecomesHtmlAndScriptsBecomeText() {
        String page = page(markdown("# Title\n\n|a|b|\n|-|-|\n|1|2|\n\n<details>x</details> <script>alert(1)</script>\n"
                + "<img src=\"x\" onerror=\"alert(2)\">\n\n[x](javascript:alert(3))"));

        assertThat(page)
                .contains("<h1>Title</h1>", "<td>2</td>", "<details>x</details>", "&lt;script&gt;", "&lt;img src=")
                .doesNotContain("<script", "<img src=\"x\"", "href=\"javascript");
    }

    @Test
    void sourceIsEscapedAndColored() {
        String page = page(NotebookCell.code("c", "if (a < b) s = \"<i>\"; // <c>\n%exp show <x>", List.of()));

        assertThat(page)
                .contains(
                        "<span class=\"java-keyword\">if</span> (a &lt; b)",
                        "<span class=\"java-text\">&quot;&lt;i&gt;&quot;</span>",
                        "<span class=\"java-comment\">// &lt;c&gt;</span>",
                        "<span class=\"java-magic\">%exp show &lt;x&gt;</span>");
    }

    @Test
    void richestFormOfAnOutputIsShown() {
        assertThat(page(output("{\"text/html\": \"<b>1</b>\", \"text/plain\": \"plain\"}")))
                .contains("<div class=\"output\"><b>1</b></div>")
                .doesNotContain("plain");
        assertThat(page(output("{\"image/png\": \"aGk=\\n\", \"text/plain\": \"a \\\"chart\\\"\"}")))
                .contains("<img src=\"data:image/png;base64,aGk=\" alt=\"a &quot;chart&quot;\">");
        assertThat(page(output("{\"image/svg+xml\": \"<svg onload='alert(1)'/>\"}")))
                .contains("data:image/svg+xml;base64,")
                .doesNotContain("onload");
        assertThat(page(output("{\"text/markdown\": \"*x*\"}"))).contains("<em>x</em>");
        assertThat(page(output("{\"text/plain\": \"<x>\"}"))).contains("<pre>&lt;x&gt;</pre>");
    }

    @Test
    void terminalColorsBecomeSpans() {
        var stream = JsonParser.parseString(
                        "{\"output_type\": \"stream\", \"name\": \"stderr\", \"text\": \"\\u001b[1;31m<a>\\u001b[0m b\\u001b[2K\"}")
                .getAsJsonObject();

        assertThat(page(NotebookCell.code("c", "x", List.of()).with(1, List.of(stream))))
                .contains("<pre class=\"output stderr\"><span class=\"ansi-1 ansi-bold\">&lt;a&gt;</span> b</pre>");
    }

    @Test
    void picturesBesideTheNotebookBecomePartOfThePage() throws Exception {
        Files.write(directory.resolve("a.png"), new byte[] {1, 2, 3});

        assertThat(page(markdown("![x](a.png) ![y](../secret.png)")))
                .contains("src=\"data:image/png;base64,AQID\"")
                .contains("src=\"../secret.png\"");
    }

    @Test
    void pageNeedsNothingElse() {
        assertThat(page(markdown("text")))
                .contains("prefers-color-scheme: dark")
                .doesNotContain("<link", "http");
    }

    private String page(NotebookCell cell) {
        return new HtmlExport(directory).page(new Notebook(List.of(cell), new JsonObject(), 5), "A <title>");
    }

    private static NotebookCell markdown(String source) {
        var json = new JsonObject();
        json.addProperty("cell_type", "markdown");
        json.addProperty("source", source);
        return new NotebookCell(json);
    }

    private static NotebookCell output(String data) {
        JsonObject output = new JsonObject();
        output.addProperty("output_type", "display_data");
        output.add("data", JsonParser.parseString(data));
        return NotebookCell.code("c", "x", List.of()).with(1, List.of(output));
    }
}
