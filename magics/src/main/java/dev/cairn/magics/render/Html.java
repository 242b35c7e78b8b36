package dev.cairn.magics.render;

import static j2html.TagCreator.img;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;

import j2html.tags.specialized.ImgTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.ThTag;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The look that all HTML output shares. Inline styles only, of the kind that notebooks keep in untrusted output; text in the page's own
 * colour, lines and shades in half transparent grey, so that it reads on light and dark ground alike.
 */
final class Html {
    static final String TABLE =
            "border-collapse:collapse;margin:0.4em 0;white-space:nowrap;font-variant-numeric:tabular-nums";
    static final String LINE = "1px solid rgba(128,128,128,0.25)";
    static final String MUTED = "opacity:0.65";
    static final String LEFT = "text-align:left";
    static final String SMALL = "font-size:90%;opacity:0.75";
    static final String METRIC_COLOR = "#d9962f";
    static final String PARAM_COLOR = "#2f9e94";
    static final String OTHER_COLOR = "#9a7fc7";

    private Html() {}

    /** A cell of text. GitHub keeps neither style, so it falls back to its own left alignment. */
    static TdTag text() {
        return td().withStyle(LEFT);
    }

    /** A cell of a number: the attribute is for readers that drop styles, the default of notebooks is the same. */
    static TdTag number() {
        return td().attr("align", "right");
    }

    static ThTag head(String title, boolean number) {
        ThTag cell = th(title);
        return number ? cell.attr("align", "right") : cell.withStyle(LEFT);
    }

    /** A picture that carries its own bytes. */
    static ImgTag svg(String svg, String alt) {
        String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return img().withSrc("data:image/svg+xml;base64," + data).withAlt(alt);
    }

    /** Escapes text for XML that is put together by hand, as in SVG. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
