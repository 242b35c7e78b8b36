package dev.cairn.jupyter.extension;

import org.jspecify.annotations.Nullable;

/** What a cell that begins with {@code %%name arguments} does. */
@FunctionalInterface
public interface CellMagic {
    /**
     * Runs the magic on the lines below the first, taken as they are. Value and exceptions as in {@link LineMagic#run}.
     */
    @Nullable
    Object run(MagicCall call, String body) throws Exception;
}
