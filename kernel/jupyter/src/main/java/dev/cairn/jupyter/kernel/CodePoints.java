package dev.cairn.jupyter.kernel;

/** Between the protocol's positions, which count code points, and Java's, which count UTF-16 units. */
final class CodePoints {
    private CodePoints() {}

    static int toIndex(String text, int codePoints) {
        int count = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        return text.offsetByCodePoints(0, count);
    }

    static int fromIndex(String text, int index) {
        return text.codePointCount(0, Math.max(0, Math.min(index, text.length())));
    }
}
