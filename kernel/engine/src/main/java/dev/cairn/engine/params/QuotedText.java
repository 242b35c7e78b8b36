package dev.cairn.engine.params;

/**
 * Text that stood in quotes in an override: it is text whatever it looks like.
 *
 * @param quote the quote it stood in
 */
record QuotedText(String text, char quote) {
    /** As it has to be typed. */
    String typed() {
        StringBuilder out = new StringBuilder().append(quote);
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            if (ch == quote) {
                out.append("\\".repeat(backslashes + 1));
            }
            backslashes = ch == '\\' ? backslashes + 1 : 0;
            out.append(ch);
        }
        return out.append("\\".repeat(backslashes)).append(quote).toString();
    }
}
