package dev.cairn.jupyter.maven;

import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.maven.DependencyRequest.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code %maven} and {@code %%pom}.
 *
 * @param isQuiet whether to say nothing when there is nothing new
 */
record DependencyArguments(List<String> coordinates, List<String> repositories, Options options, boolean isQuiet) {
    static final String[] OPTIONS = {
        "-o", "--offline", "-U", "--update", "-q", "--quiet", "-s", "--settings", "--repository"
    };

    static DependencyArguments of(List<String> words, Path workingDirectory) {
        List<String> coordinates = new ArrayList<>();
        List<String> repositories = new ArrayList<>();
        boolean isOffline = false;
        boolean updates = false;
        boolean isQuiet = false;
        @Nullable Path settings = null;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "-o", "--offline" -> isOffline = true;
                case "-U", "--update" -> updates = true;
                case "-q", "--quiet" -> isQuiet = true;
                case "-s", "--settings" -> settings = workingDirectory.resolve(argument(word, rest));
                case "--repository" -> repositories.add(argument(word, rest));
                default -> coordinates.add(coordinate(word));
            }
        }
        return new DependencyArguments(coordinates, repositories, new Options(isOffline, updates, settings), isQuiet);
    }

    DependencyRequest request(String pom, Path workingDirectory) {
        return new DependencyRequest(coordinates, pom, repositories, options, workingDirectory);
    }

    private static String argument(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new MagicException("UsageError", "The option " + option + " needs a value.", null);
        }
        return rest.next();
    }

    private static String coordinate(String word) {
        if (word.startsWith("-")) {
            throw new MagicException(
                    "UsageError",
                    "There is no option " + word + ".",
                    "Options are " + String.join(", ", OPTIONS) + ".");
        }
        return word;
    }
}
