package dev.cairn.magics.render;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Nearest {
    private Nearest() {}

    /** The name with the fewest letters changed, added or left out; empty when none is near. */
    public static Optional<String> to(String word, Collection<String> names) {
        int limit = Math.max(2, word.length() / 3);
        return names.stream()
                .filter(n -> !n.isEmpty())
                .distinct()
                .filter(n -> distance(word, n) <= limit || isPart(word, n))
                .min(Comparator.<String>comparingInt(n -> distance(word, n)).thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isPart(String word, String name) {
        return word.length() >= 3 && (name.startsWith(word) || name.endsWith("." + word));
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
