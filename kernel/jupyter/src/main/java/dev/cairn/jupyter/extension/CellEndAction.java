package dev.cairn.jupyter.extension;

/** What an extension does at the end of each cell. */
@FunctionalInterface
public interface CellEndAction {
    /** Does it; exceptions as in {@link LineMagic#run}. */
    void run() throws Exception;
}
