package dev.cairn.magics.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be noted about data in its .dvc file. */
final class AnnotationOptions {
    @Option(names = "--desc", paramLabel = "TEXT", description = "What the data is.")
    private @Nullable String description;

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "A note of your own; may be given several times.")
    private List<String> meta = new ArrayList<>();

    @Option(names = "--label", paramLabel = "TEXT", description = "A label; may be given several times.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--type", paramLabel = "TEXT", description = "What kind of data it is.")
    private @Nullable String type;

    /** In the order of DVC's files. */
    Map<String, Object> values() {
        Map<String, Object> out = new LinkedHashMap<>();
        if (description != null) {
            out.put("desc", description);
        }
        if (type != null) {
            out.put("type", type);
        }
        if (!labels.isEmpty()) {
            out.put("labels", List.copyOf(labels));
        }
        if (!meta.isEmpty()) {
            Map<String, Object> notes = new LinkedHashMap<>();
            for (String note : meta) {
                int equals = note.indexOf('=');
                if (equals < 0) {
                    throw new CommandFailure(
                            ExitCodes.USAGE, "argument --meta: '%s' is not key=value".formatted(note), "");
                }
                notes.put(note.substring(0, equals), note.substring(equals + 1));
            }
            out.put("meta", notes);
        }
        return out;
    }
}
