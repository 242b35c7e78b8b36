package dev.cairn.jupyter.eval;

import java.util.regex.Pattern;

/** Makes a Javadoc comment readable as plain text. */
final class JavadocText {
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|literal|systemProperty|value)\\s+([^{}]*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^{}\\s]+)(?:\\s+([^{}]*))?}");
    private static final Pattern OTHER_INLINE = Pattern.compile("\\{@\\w+\\s*([^{}]*)}");
    private static final Pattern BREAK =
            Pattern.compile("(?i)\\s*<(?:p|/p|br|/tr|/ul|/ol|/pre|blockquote)\\b[^>]*>\\s*");
    private static final Pattern ITEM = Pattern.compile("(?i)<li[^>]*>\\s*");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(\\w+)\\s+");

    private JavadocText() {}

    static String of(String comment) {
        String text = INLINE.matcher(comment).replaceAll("$1");
        text = LINK.matcher(text)
                .replaceAll(link -> java.util.regex.Matcher.quoteReplacement(
                        link.group(2) == null || link.group(2).isBlank()
                                ? link.group(1).replaceFirst("^#", "").replace('#', '.')
                                : link.group(2)));
        text = OTHER_INLINE.matcher(text).replaceAll("$1");
        text = BREAK.matcher(text).replaceAll("\n\n");
        text = ITEM.matcher(text).replaceAll("• ");
        text = TAG.matcher(text).replaceAll("");
        text = BLOCK_TAG.matcher(text).replaceAll("$1: ");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("(?m)^ +", "")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
