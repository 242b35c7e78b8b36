package dev.cairn.magics.render;

import dev.cairn.engine.data.DataStatus;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the status of data as DVC does. */
public final class DataStatusRendering {
    private static final String ITEM = "        ";
    private static final Map<String, String> HEADERS = Map.of(
            "not_in_remote", "Not in remote:\n  (use \"dvc push <file>...\" to upload files)\n",
            "not_in_cache", "Not in cache:\n  (use \"dvc fetch <file>...\" to download files)\n",
            "committed", "DVC committed changes:\n  (git commit the corresponding dvc files to update the repo)\n",
            "uncommitted",
                    "DVC uncommitted changes:\n  (use \"dvc commit <file>...\" to track changes)\n"
                            + "  (use \"dvc checkout <file>...\" to discard changes)\n",
            "untracked",
                    "Untracked files:\n  (use \"git add <file> ...\" or \"dvc add <file>...\" to commit to git or to dvc)\n",
            "unchanged", "DVC unchanged files:\n");

    private final DataStatus status;
    private final boolean withUnchanged;

    public DataStatusRendering(DataStatus status, boolean withUnchanged) {
        this.status = status;
        this.withUnchanged = withUnchanged;
    }

    private Map<String, Object> parts() {
        Map<String, Object> parts = status.toJson();
        if (!withUnchanged) {
            parts.remove("unchanged");
        }
        return parts;
    }

    /** DVC's JSON. */
    public String json() {
        return PythonJson.dumps(parts());
    }

    /** For people. */
    public String text() {
        List<String> sections = new ArrayList<>();
        parts().forEach((name, part) -> sections.add(HEADERS.get(name) + items(part)));
        StringBuilder out = new StringBuilder(String.join("\n", sections));
        if (sections.isEmpty()) {
            out.append(status.isWithoutCommits() ? "No changes in an empty git repo.\n" : "No changes.\n");
        }
        if (status.isDirty()) {
            out.append("(there are ")
                    .append(sections.isEmpty() ? "" : "other ")
                    .append("changes not tracked by dvc, use \"git status\" to see)\n");
        }
        return out.toString();
    }

    private static String items(Object part) {
        StringBuilder out = new StringBuilder();
        if (part instanceof Map<?, ?> kinds) {
            kinds.forEach((kind, paths) -> ((List<?>) paths).forEach(path -> out.append(ITEM)
                    .append(kind)
                    .append(": ")
                    .append(path)
                    .append('\n')));
        } else {
            ((List<?>) part).forEach(path -> out.append(ITEM).append(path).append('\n'));
        }
        return out.toString();
    }
}
