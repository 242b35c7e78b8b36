package dev.cairn.jupyter.extension;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a cell that begins with {@code %%name arguments} does. */
@FunctionalInterface
public interface CellMagic {
    /**
     * Runs the magic on the lines below the first, taken as they are. Value and exceptions as in {@link LineMagic#run}.
     */
    @Nullable
    Object run(MagicCall call, String body) throws Exception;

    /** Words that could stand in place of {@link CompletionRequest#word()} on the first line. */
    default List<String> complete(CompletionRequest request) {
        return List.of();
    }

    /** What {@code %%name arguments?} shows, as plain text; empty when there is no help. */
    default Optional<String> help(String arguments) {
        return Optional.empty();
    }
}
