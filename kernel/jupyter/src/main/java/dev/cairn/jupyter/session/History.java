package dev.cairn.jupyter.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The cells of a session, as front ends look them up. Safe for use from several threads. */
public final class History {
    private final List<Entry> entries = new ArrayList<>();

    /** A cell that ran. */
    public record Entry(int session, int number, String source) {}

    synchronized void add(int number, String source) {
        entries.add(new Entry(1, number, source));
    }

    /** The last cells, oldest first. */
    public synchronized List<Entry> tail(int count) {
        return last(entries, count);
    }

    /** Cells by number, from {@code start} to before {@code stop}. */
    public synchronized List<Entry> range(int start, int stop) {
        return entries.stream()
                .filter(entry -> entry.number() >= start && entry.number() < stop)
                .toList();
    }

    /** The last cells that match a pattern with {@code *} and {@code ?}. */
    public synchronized List<Entry> search(String glob, int count, boolean isUnique) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Predicate<String> matches =
                Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (matches.test(entry.source())) {
                if (isUnique) {
                    found.removeIf(earlier -> earlier.source().equals(entry.source()));
                }
                found.add(entry);
            }
        }
        return last(found, count);
    }

    private static List<Entry> last(List<Entry> all, int count) {
        return List.copyOf(all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size()));
    }
}
