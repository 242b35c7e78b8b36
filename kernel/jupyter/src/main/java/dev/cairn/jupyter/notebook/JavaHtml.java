package dev.cairn.jupyter.notebook;

import dev.cairn.jupyter.display.Html;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source with a little color: comments, texts, keywords, numbers, annotations, magics. */
final class JavaHtml {
    private static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " false final finally float for if implements import instanceof int interface long native new"
                            + " non-sealed null package permits private protected public record return sealed short static"
                            + " strictfp super switch synchronized this throw throws transient true try var void volatile"
                            + " while yield")
                    .split(" ", -1));
    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\n]*|/\\*[\\s\\S]*?(?:\\*/|\\z))"
            + "|(?<text>\"\"\"(?:[^\\\\]|\\\\[\\s\\S])*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\n]|\\\\.)*'?)"
            + "|(?<magic>(?<=^|\n)[ \t]*(?:%%?\\w+|!)[^\n]*)"
            + "|(?<annotation>@\\w+)"
            + "|(?<number>\\b\\d[\\w.]*)"
            + "|(?<word>[A-Za-z_$][\\w$]*)");

    private JavaHtml() {}

    static String of(String source) {
        var html = new StringBuilder();
        Matcher matcher = TOKEN.matcher(source);
        int end = 0;
        while (matcher.find()) {
            html.append(Html.escape(source.substring(end, matcher.start())));
            html.append(token(matcher));
            end = matcher.end();
        }
        return html.append(Html.escape(source.substring(end))).toString();
    }

    private static String token(Matcher matcher) {
        String text = matcher.group();
        for (String kind : new String[] {"comment", "text", "magic", "annotation", "number"}) {
            if (matcher.group(kind) != null) {
                return Html.span("java-" + kind, text);
            }
        }
        return KEYWORDS.contains(text) ? Html.span("java-keyword", text) : Html.escape(text);
    }
}
