package dev.cairn.jupyter.notebook;

/** Text made safe for HTML. */
final class Html {
    private Html() {}

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static String span(String cssClass, String text) {
        return "<span class=\"" + cssClass + "\">" + escape(text) + "</span>";
    }
}
