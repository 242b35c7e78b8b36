package dev.cairn.jupyter.notebook;

import dev.cairn.jupyter.display.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terminal colors as spans: the sixteen colors, bold, italic, underline. Other control sequences are left out. */
final class AnsiHtml {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])");
    private static final Pattern SEPARATOR = Pattern.compile(";");

    private String foreground = "";
    private String background = "";
    private boolean isBold;
    private boolean isItalic;
    private boolean isUnderlined;

    private AnsiHtml() {}

    static String of(String text) {
        return new AnsiHtml().convert(text);
    }

    private String convert(String text) {
        var html = new StringBuilder();
        Matcher matcher = SEQUENCE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            append(html, text.substring(end, matcher.start()));
            if (matcher.group(2).equals("m")) {
                apply(matcher.group(1));
            }
            end = matcher.end();
        }
        append(html, text.substring(end));
        return html.toString();
    }

    private void append(StringBuilder html, String text) {
        if (text.isEmpty()) {
            return;
        }
        List<String> classes = new ArrayList<>();
        if (!foreground.isEmpty()) {
            classes.add("ansi-" + foreground);
        }
        if (!background.isEmpty()) {
            classes.add("ansi-on-" + background);
        }
        if (isBold) {
            classes.add("ansi-bold");
        }
        if (isItalic) {
            classes.add("ansi-italic");
        }
        if (isUnderlined) {
            classes.add("ansi-underline");
        }
        html.append(classes.isEmpty() ? Html.escape(text) : Html.span(String.join(" ", classes), text));
    }

    private void apply(String codes) {
        String[] parts = SEPARATOR.split(codes, -1);
        for (int i = 0; i < parts.length; i++) {
            int code = parts[i].isEmpty() ? 0 : Integer.parseInt(parts[i]);
            if (code == 38 || code == 48) {
                // Palette and true colors carry numbers of their own, which are no codes.
                i += i + 1 < parts.length && parts[i + 1].equals("2") ? 4 : 2;
            } else {
                apply(code);
            }
        }
    }

    private void apply(int code) {
        if (code == 0) {
            foreground = "";
            background = "";
            isBold = false;
            isItalic = false;
            isUnderlined = false;
        } else if (code == 1 || code == 22) {
            isBold = code == 1;
        } else if (code == 3 || code == 23) {
            isItalic = code == 3;
        } else if (code == 4 || code == 24) {
            isUnderlined = code == 4;
        } else if (code >= 30 && code <= 37) {
            foreground = String.valueOf(code - 30);
        } else if (code >= 90 && code <= 97) {
            foreground = String.valueOf(code - 90 + 8);
        } else if (code == 39) {
            foreground = "";
        } else if (code >= 40 && code <= 47) {
            background = String.valueOf(code - 40);
        } else if (code == 49) {
            background = "";
        }
    }
}
