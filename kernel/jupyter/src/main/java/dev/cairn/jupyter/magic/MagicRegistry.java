package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The magics of a session, by name. */
public final class MagicRegistry {
    private final Map<String, LineMagic> lineMagics = new ConcurrentSkipListMap<>();
    private final Map<String, CellMagic> cellMagics = new ConcurrentSkipListMap<>();

    /** Sets what {@code %name} does. */
    public void register(String name, LineMagic magic) {
        lineMagics.put(name, magic);
    }

    /** Sets what {@code %%name} does. */
    public void register(String name, CellMagic magic) {
        cellMagics.put(name, magic);
    }

    /** Names of line magics, sorted. */
    public List<String> lineNames() {
        return List.copyOf(lineMagics.keySet());
    }

    /** Names of cell magics, sorted. */
    public List<String> cellNames() {
        return List.copyOf(cellMagics.keySet());
    }

    /** The magic, if there is one. */
    public Optional<LineMagic> findLine(String name) {
        return Optional.ofNullable(lineMagics.get(name));
    }

    /** The magic, if there is one. */
    public Optional<CellMagic> findCell(String name) {
        return Optional.ofNullable(cellMagics.get(name));
    }

    /**
     * The line magic of this name.
     *
     * @throws MagicException when there is none; suggests one that is spelled much the same
     */
    public LineMagic line(String name) {
        LineMagic found = lineMagics.get(name);
        if (found != null) {
            return found;
        }
        if (cellMagics.containsKey(name)) {
            throw new MagicException(
                    "UnknownMagic", "There is no line magic %" + name + ".", "Did you mean %%" + name + "?");
        }
        throw unknown("%", name, lineMagics.keySet());
    }

    /**
     * The cell magic of this name.
     *
     * @throws MagicException when there is none; suggests one that is spelled much the same
     */
    public CellMagic cell(String name) {
        CellMagic found = cellMagics.get(name);
        if (found != null) {
            return found;
        }
        if (lineMagics.containsKey(name)) {
            throw new MagicException(
                    "UnknownMagic", "There is no cell magic %%" + name + ".", "Did you mean %" + name + "?");
        }
        throw unknown("%%", name, cellMagics.keySet());
    }

    private static MagicException unknown(String prefix, String name, Collection<String> known) {
        String hint = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(nearest -> distance(name, nearest) <= Math.max(1, name.length() / 2))
                .map(nearest -> "Did you mean " + prefix + nearest + "?")
                .orElse("%lsmagic lists the magics there are.");
        return new MagicException("UnknownMagic", "There is no magic " + prefix + name + ".", hint);
    }

    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
