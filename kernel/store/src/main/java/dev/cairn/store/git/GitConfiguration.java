package dev.cairn.store.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Git's configuration of a repository. JGit does not know conditional includes ({@code includeIf}), in which many keep their
 * identity; where there are such, {@code git} itself is asked, once.
 */
final class GitConfiguration {
    private final Repository repository;
    private final Path workTree;
    private @Nullable Map<String, String> fromGit;

    GitConfiguration(Repository repository, Path workTree) {
        this.repository = repository;
        this.workTree = workTree;
    }

    /** The last value of {@code section.name}, or null. */
    @Nullable
    String get(String section, String name) {
        Config config = repository.getConfig();
        if (config.getSubsections("includeIf").isEmpty()) {
            return config.getString(section, null, name);
        }
        String value = askGit().get(section.toLowerCase(Locale.ROOT) + "." + name.toLowerCase(Locale.ROOT));
        return value != null ? value : config.getString(section, null, name);
    }

    private synchronized Map<String, String> askGit() {
        Map<String, String> known = fromGit;
        if (known == null) {
            known = list();
            fromGit = known;
        }
        return known;
    }

    private Map<String, String> list() {
        Map<String, String> values = new HashMap<>();
        try {
            Process git = new ProcessBuilder(List.of("git", "config", "--null", "--list"))
                    .directory(workTree.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (String item : output.split("\0", -1)) {
                int end = item.indexOf('\n');
                if (end > 0) {
                    values.put(item.substring(0, end), item.substring(end + 1));
                }
            }
        } catch (IOException e) {
            // There is no git to ask: what JGit reads has to do.
            return Map.of();
        }
        return values;
    }
}
