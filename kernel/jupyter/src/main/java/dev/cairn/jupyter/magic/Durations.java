package dev.cairn.jupyter.magic;

import java.util.Locale;

/** Times as people read them. */
final class Durations {
    private Durations() {}

    /** Three figures and the unit that suits them. */
    static String text(double nanos) {
        if (nanos >= 60e9) {
            long seconds = Math.round(nanos / 1e9);
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (nanos >= 1e9) {
            return figures(nanos / 1e9) + " s";
        }
        if (nanos >= 1e6) {
            return figures(nanos / 1e6) + " ms";
        }
        return nanos >= 1e3 ? figures(nanos / 1e3) + " µs" : figures(nanos) + " ns";
    }

    private static String figures(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
