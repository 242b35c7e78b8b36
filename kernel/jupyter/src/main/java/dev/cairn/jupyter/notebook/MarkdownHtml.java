package dev.cairn.jupyter.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.Html;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as HTML. Of HTML inside it, tags of mere layout pass, everything else is shown as text. Pictures that are attached,
 * or lie beside the notebook, become part of the page.
 */
final class MarkdownHtml {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Pattern TAG = Pattern.compile("<[^>]*>?");
    private static final Pattern HARMLESS = Pattern.compile(
            "</?(?:b|br|center|code|details|div|em|hr|i|kbd|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td"
                    + "|th|thead|tr|u|ul|li)\\s*/?>|<!--[^>]*-->|</a>"
                    + "|<a\\s+(?:href|id|name)=\"(?:https?://|#|mailto:)?[\\w./?=&%#~+:,-]*\"\\s*>"
                    + "|<img(?:\\s+(?:src=\"(?:https?://|data:image/)[^\"<>]*\"|(?:alt|title|width|height)=\"[^\"<>]*\"))+\\s*/?>",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_PICTURE = 8 << 20;

    private final Path directory;
    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();

    /** Makes one for notebooks in a directory. */
    MarkdownHtml(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    String of(String markdown, JsonObject attachments) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .sanitizeUrls(true)
                .nodeRendererFactory(HarmlessHtml::new)
                .attributeProviderFactory(context -> new Pictures(attachments))
                .build();
        return renderer.render(parser.parse(markdown));
    }

    static String harmless(String html) {
        var result = new StringBuilder();
        Matcher matcher = TAG.matcher(html);
        int copied = 0;
        while (matcher.find()) {
            result.append(html, copied, matcher.start());
            String tag = matcher.group();
            result.append(HARMLESS.matcher(tag).matches() ? tag : Html.escape(tag));
            copied = matcher.end();
        }
        return result.append(html.substring(copied)).toString();
    }

    private static final class HarmlessHtml implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        HarmlessHtml(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlInline.class, HtmlBlock.class);
        }

        @Override
        public void render(Node node) {
            String literal = node instanceof HtmlInline inline ? inline.getLiteral() : ((HtmlBlock) node).getLiteral();
            context.getWriter().raw(harmless(literal));
        }
    }

    private final class Pictures implements AttributeProvider {
        private final JsonObject attachments;

        Pictures(JsonObject attachments) {
            this.attachments = attachments;
        }

        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Image image) {
                data(image.getDestination()).ifPresent(data -> attributes.put("src", data));
            }
        }

        private Optional<String> data(String destination) {
            if (destination.startsWith("data:image/")) {
                // Taken out by the cleaning of addresses, which knows nothing of pictures.
                return Optional.of(destination);
            }
            if (destination.startsWith("attachment:")) {
                return attached(destination.substring("attachment:".length()));
            }
            return destination.contains(":") ? Optional.empty() : file(destination);
        }

        private Optional<String> attached(String name) {
            if (!(attachments.get(name) instanceof JsonObject types)) {
                return Optional.empty();
            }
            for (Map.Entry<String, JsonElement> type : types.entrySet()) {
                return Optional.of(
                        "data:" + type.getKey() + ";base64," + type.getValue().getAsString());
            }
            return Optional.empty();
        }

        private Optional<String> file(String name) {
            String type = URLConnection.guessContentTypeFromName(name);
            String known = name.endsWith(".svg") ? "image/svg+xml" : type;
            if (known == null || !known.startsWith("image/")) {
                return Optional.empty();
            }
            try {
                Path file = directory.resolve(name).normalize();
                if (!file.startsWith(directory) || !Files.isRegularFile(file) || Files.size(file) > MAX_PICTURE) {
                    return Optional.empty();
                }
                return Optional.of(
                        "data:" + known + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            } catch (IOException | InvalidPathException e) {
                // The page then points at the file, as the notebook does.
                return Optional.empty();
            }
        }
    }
}
