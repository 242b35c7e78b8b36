package dev.cairn.jupyter.notebook;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.MimeBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which outputs of a run show what display id. Guarded by itself, like the outputs. */
final class Displays {
    private final Map<String, List<JsonObject>> outputs = new HashMap<>();

    void remember(MimeBundle bundle, JsonObject output) {
        if (bundle.displayId() != null) {
            outputs.computeIfAbsent(bundle.displayId(), id -> new ArrayList<>()).add(output);
        }
    }

    /** Puts the bundle in place of all that is shown under its id. */
    void update(MimeBundle bundle) {
        if (bundle.displayId() == null) {
            return;
        }
        for (JsonObject output : outputs.getOrDefault(bundle.displayId(), List.of())) {
            output.add("data", bundle.data().deepCopy());
            output.add("metadata", bundle.metadata().deepCopy());
        }
    }
}
