package dev.cairn.jupyter.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The cells of this session and of those in its archive, as front ends look them up. Safe for use from several threads. */
public final class History {
    private final HistoryArchive archive;
    private final Map<Integer, HistoryEntry> own = new LinkedHashMap<>();

    /** Makes the history of a session that begins. */
    public History(HistoryArchive archive) {
        this.archive = archive;
    }

    /** Remembers a cell that begins. */
    public void add(int number, String source) {
        archive.add(number, source);
        synchronized (own) {
            own.put(number, new HistoryEntry(archive.session(), number, source, null));
        }
    }

    /** Remembers the text of a cell's value. */
    public void addOutput(int number, String text) {
        archive.addOutput(number, text);
        synchronized (own) {
            own.computeIfPresent(number, (key, entry) -> entry.withOutput(text));
        }
    }

    /** The last cells, of as many sessions as it takes; oldest first. */
    public List<HistoryEntry> tail(int count) {
        return last(count, entry -> true, false);
    }

    /** The last cells that match a pattern with {@code *} and {@code ?}; of equal ones the last alone if asked for. */
    public List<HistoryEntry> search(String glob, int count, boolean isUnique) {
        return last(count, matcher(glob), isUnique);
    }

    /**
     * Cells of one session by number.
     *
     * @param session the session's number; 0 means this one, −1 the one before it, and so on
     * @param start the first cell; a negative number counts from the end
     * @param stop where to end, before this cell
     */
    public List<HistoryEntry> range(int session, int start, int stop) {
        List<HistoryEntry> entries = entries(session);
        int highest = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).number();
        int from = start < 0 ? highest + 1 + start : start;
        int to = stop < 0 ? highest + 1 + stop : stop;
        return entries.stream()
                .filter(entry -> entry.number() >= from && entry.number() < to)
                .toList();
    }

    private List<HistoryEntry> entries(int session) {
        if (session == 0 || session == archive.session()) {
            return ownEntries();
        }
        if (session > 0) {
            return archive.read(session);
        }
        List<Integer> before = archive.others().stream()
                .filter(number -> number < archive.session())
                .toList();
        int index = before.size() + session;
        return index < 0 ? List.of() : archive.read(before.get(index));
    }

    private List<HistoryEntry> last(int count, Predicate<HistoryEntry> isWanted, boolean isUnique) {
        Deque<HistoryEntry> found = new ArrayDeque<>();
        Predicate<HistoryEntry> isNew = isUnique ? newSource() : entry -> true;
        collect(ownEntries(), count, isWanted.and(isNew), found);
        List<Integer> others = archive.others();
        for (int i = others.size() - 1; i >= 0 && found.size() < count; i--) {
            collect(archive.read(others.get(i)), count, isWanted.and(isNew), found);
        }
        return List.copyOf(found);
    }

    private static void collect(
            List<HistoryEntry> entries, int count, Predicate<HistoryEntry> isWanted, Deque<HistoryEntry> found) {
        for (int i = entries.size() - 1; i >= 0 && found.size() < count; i--) {
            if (isWanted.test(entries.get(i))) {
                found.addFirst(entries.get(i));
            }
        }
    }

    private static Predicate<HistoryEntry> newSource() {
        var seen = new HashSet<String>();
        return entry -> seen.add(entry.source());
    }

    private static Predicate<HistoryEntry> matcher(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Predicate<String> matches =
                Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
        return entry -> matches.test(entry.source());
    }

    private List<HistoryEntry> ownEntries() {
        synchronized (own) {
            return new ArrayList<>(own.values());
        }
    }
}
