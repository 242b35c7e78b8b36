package dev.cairn.jupyter.history;

import java.util.List;

/** Keeps the cells of sessions beyond their end. Safe for use from several threads and several kernels. */
public interface HistoryArchive {
    /** The number of this session, greater than those of sessions before it. */
    int session();

    /** Keeps a cell that begins. */
    void add(int number, String source);

    /** Keeps the text of a cell's value. */
    void addOutput(int number, String text);

    /** The numbers of the other sessions, in ascending order. */
    List<Integer> others();

    /** The cells of another session, oldest first. */
    List<HistoryEntry> read(int session);

    /** An archive that forgets. */
    static HistoryArchive none() {
        return new HistoryArchive() {
            @Override
            public int session() {
                return 1;
            }

            @Override
            public void add(int number, String source) {}

            @Override
            public void addOutput(int number, String text) {}

            @Override
            public List<Integer> others() {
                return List.of();
            }

            @Override
            public List<HistoryEntry> read(int session) {
                return List.of();
            }
        };
    }
}
