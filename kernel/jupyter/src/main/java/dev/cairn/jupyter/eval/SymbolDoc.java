package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.display.Html;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a class, method or variable.
 *
 * @param signature its declaration without its body
 * @param comment its Javadoc comment, HTML and tags included; empty when it has none
 * @param source its source as a cell has it; {@code null} when no cell has
 */
public record SymbolDoc(String signature, String comment, @Nullable String source) {
    /** As plain text. */
    public String text(boolean withSource) {
        String text = comment.isEmpty() ? signature : signature + "\n\n" + JavadocText.of(comment);
        return withSource && source != null ? text + "\n\n" + source : text;
    }

    /** As HTML; of the comment's tags those that only shape text. */
    public String html(boolean withSource) {
        String html = "<pre>" + Html.escape(signature) + "</pre>" + JavadocHtml.of(comment);
        return withSource && source != null ? html + "<pre>" + Html.escape(source) + "</pre>" : html;
    }
}
