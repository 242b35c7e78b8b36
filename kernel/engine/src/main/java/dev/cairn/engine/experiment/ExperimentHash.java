package dev.cairn.engine.experiment;

import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.LockFile;
import dev.cairn.store.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** DVC's name for what a run gave: the SHA-256 of the lock entries of the stages that ran, as sorted JSON. */
final class ExperimentHash {
    private ExperimentHash() {}

    static String of(Map<String, LockEntry> executed) {
        Map<String, Object> stages = new TreeMap<>();
        executed.forEach((name, entry) -> stages.put(name, LockFile.toYaml(entry)));
        try {
            byte[] json = PythonJson.dumpsSorted(stages).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The message of a commit with this hash. */
    static String message(Map<String, LockEntry> executed) {
        return "dvc: commit experiment " + of(executed);
    }
}
