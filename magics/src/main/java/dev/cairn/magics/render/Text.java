package dev.cairn.magics.render;

/**
 * What a command has to say, ready to be printed.
 *
 * @param text ends with a line break unless it is empty
 * @param isMarkdown whether a notebook may show it as Markdown
 */
public record Text(String text, boolean isMarkdown) {
    /** Lines of text, given without the last line break. */
    public static Text lines(String text) {
        return new Text(text.isEmpty() || text.endsWith("\n") ? text : text + "\n", false);
    }

    /** Text exactly as it stands. */
    public static Text exactly(String text) {
        return new Text(text, false);
    }

    public static Text markdown(String text) {
        return new Text(text, true);
    }

    @Override
    public String toString() {
        return text.stripTrailing();
    }
}
