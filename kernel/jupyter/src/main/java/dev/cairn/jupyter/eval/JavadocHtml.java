package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.display.Html;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a Javadoc comment HTML that may stand beside anything: of its tags only those that shape text, without attributes. Whose
 * comment it is is not known, so nothing of it is trusted.
 */
final class JavadocHtml {
    private static final Set<String> TAGS = Set.of(
            "p",
            "br",
            "pre",
            "code",
            "tt",
            "var",
            "b",
            "i",
            "em",
            "strong",
            "sub",
            "sup",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)\\b[^>]*>|<!--.*?-->", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("&(?:#\\d+|#[xX][0-9a-fA-F]+|\\w+);");
    private static final Pattern LINK = Pattern.compile("([^\\s(]+(?:\\([^)]*\\))?)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)\\s+");
    private static final Map<String, String> HEADINGS = Map.of(
            "param", "Parameters",
            "return", "Returns",
            "throws", "Throws",
            "exception", "Throws",
            "since", "Since",
            "see", "See also",
            "deprecated", "Deprecated");

    private final String comment;
    private final StringBuilder html = new StringBuilder();
    private int position;

    private JavadocHtml(String comment) {
        this.comment = comment;
    }

    /** The HTML of a comment, whose stars at the beginning of lines are gone already. */
    static String of(String comment) {
        Matcher block = BLOCK.matcher(comment);
        if (!block.find()) {
            return inline(comment);
        }
        var html = new StringBuilder(inline(comment.substring(0, block.start())));
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        String name = block.group(1);
        int start = block.end();
        while (block.find()) {
            addSection(sections, name, comment.substring(start, block.start()));
            name = block.group(1);
            start = block.end();
        }
        addSection(sections, name, comment.substring(start));
        if (!sections.isEmpty()) {
            html.append("<dl>");
            sections.forEach((heading, entries) ->
                    html.append("<dt>").append(heading).append("</dt>").append(entries));
            html.append("</dl>");
        }
        return html.toString();
    }

    private static void addSection(Map<String, StringBuilder> sections, String tag, String text) {
        String heading = HEADINGS.get(tag);
        if (heading == null) {
            return;
        }
        StringBuilder entries = sections.computeIfAbsent(heading, unused -> new StringBuilder());
        boolean isNamed = heading.equals("Parameters") || heading.equals("Throws");
        String[] words = isNamed ? text.strip().split("\\s+", 2) : new String[] {"", text.strip()};
        entries.append("<dd>");
        if (isNamed) {
            entries.append("<code>").append(Html.escape(words[0])).append("</code> ");
        }
        entries.append(words.length > 1 ? inline(words[1]) : "").append("</dd>");
    }

    private static String inline(String text) {
        return new JavadocHtml(text).read();
    }

    private String read() {
        Matcher tag = TAG.matcher(comment);
        Matcher reference = REFERENCE.matcher(comment);
        while (position < comment.length()) {
            char c = comment.charAt(position);
            if (comment.startsWith("{@", position)) {
                inlineTag();
            } else if (c == '<' && tag.region(position, comment.length()).lookingAt()) {
                keep(tag);
                position = tag.end();
            } else if (c == '&' && reference.region(position, comment.length()).lookingAt()) {
                html.append(reference.group());
                position = reference.end();
            } else {
                html.append(Html.escape(String.valueOf(c)));
                position++;
            }
        }
        return html.toString();
    }

    private void keep(Matcher tag) {
        String name = tag.group(2) == null ? "" : tag.group(2).toLowerCase(Locale.ROOT);
        if (TAGS.contains(name)) {
            html.append('<').append(tag.group(1)).append(name).append('>');
        }
    }

    private void inlineTag() {
        int end = closingBrace(position);
        String[] words = comment.substring(position + 2, end).strip().split("\\s+", 2);
        String body = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "code", "systemProperty", "value" -> code(body);
            case "literal" -> html.append(Html.escape(body));
            case "link", "linkplain" -> code(label(body));
            case "snippet" -> html.append("<pre>")
                    .append(Html.escape(body.substring(body.indexOf(':') + 1)))
                    .append("</pre>");
            case "return" -> html.append("Returns ").append(inline(body));
            case "index", "summary" -> html.append(inline(body));
            default -> {
                // Of the other tags, such as those for the place of the documentation, nothing is to be read.
            }
        }
        position = Math.min(end + 1, comment.length());
    }

    private void code(String text) {
        html.append("<code>").append(Html.escape(text)).append("</code>");
    }

    /** What a link shows: its label, or what it refers to; a list of parameters may hold blanks. */
    private static String label(String body) {
        Matcher link = LINK.matcher(body);
        if (!link.matches()) {
            return body;
        }
        boolean hasLabel = !link.group(2).isBlank();
        return hasLabel ? link.group(2) : link.group(1).replaceFirst("^#", "").replace('#', '.');
    }

    private int closingBrace(int start) {
        int depth = 0;
        for (int i = start; i < comment.length(); i++) {
            if (comment.charAt(i) == '{') {
                depth++;
            } else if (comment.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return comment.length();
    }
}
