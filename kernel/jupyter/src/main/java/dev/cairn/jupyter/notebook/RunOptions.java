package dev.cairn.jupyter.notebook;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run a notebook.
 *
 * @param parameters values for its parameters, as a command line gives them: numbers and truth values are taken as such
 *     unless the notebook declares a {@code String}
 * @param cellTimeout how long a cell may take; null for as long as it likes
 * @param allowsErrors whether cells after a failed one are run
 */
public record RunOptions(Map<String, String> parameters, @Nullable Duration cellTimeout, boolean allowsErrors) {
    /** No parameters, no time limit, stop at the first error. */
    public static final RunOptions DEFAULT = new RunOptions(Map.of(), null, false);

    public RunOptions {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
