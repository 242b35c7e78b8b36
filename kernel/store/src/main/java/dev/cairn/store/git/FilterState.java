package dev.cairn.store.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Tells whether the rules by which Git turns a file into a blob are still the same: the configuration that bears on it and the
 * attribute files above the file. Good for one scan.
 */
final class FilterState {
    private final Path workTree;
    private final String shared;
    private final Map<Path, String> byDirectory = new HashMap<>();

    FilterState(Repository repository, Path workTree) throws IOException {
        this.workTree = workTree;
        StoredConfig config = repository.getConfig();
        StringBuilder state = new StringBuilder();
        for (String name : new String[] {"autocrlf", "eol", "filemode", "symlinks", "attributesfile"}) {
            state.append(config.getString("core", null, name)).append('|');
        }
        for (String filter : config.getSubsections("filter")) {
            state.append(filter)
                    .append('=')
                    .append(config.getString("filter", filter, "clean"))
                    .append('|');
        }
        Path info = repository.getCommonDirectory().toPath().resolve(Constants.INFO_ATTRIBUTES);
        this.shared = state.append(WorkspaceStat.of(info)).toString();
    }

    /** A text that is equal as long as the rules for files in the directory are. */
    String of(Path directory) throws IOException {
        String known = byDirectory.get(directory);
        if (known == null) {
            WorkspaceStat attributes = WorkspaceStat.of(directory.resolve(Constants.DOT_GIT_ATTRIBUTES));
            Path parent = directory.getParent();
            String above = directory.equals(workTree) || parent == null ? shared : of(parent);
            known = attributes == null ? above : above + "\n" + attributes;
            byDirectory.put(directory, known);
        }
        return known;
    }
}
