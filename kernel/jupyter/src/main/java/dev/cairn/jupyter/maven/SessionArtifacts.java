package dev.cairn.jupyter.maven;

import dev.cairn.jupyter.maven.ResolvedDependencies.Artifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The artifacts on a session's class path. What is there stays: a class that is loaded cannot be replaced. */
final class SessionArtifacts {
    private final Map<String, String> versions = new LinkedHashMap<>();

    /**
     * What became of artifacts.
     *
     * @param added those that are new
     * @param kept those of which another version was there
     */
    record Addition(List<Artifact> added, List<String> kept) {
        List<Path> files() {
            return added.stream().map(Artifact::file).toList();
        }

        boolean isEmpty() {
            return added.isEmpty() && kept.isEmpty();
        }

        String describe() {
            List<String> lines = new ArrayList<>();
            if (added.isEmpty()) {
                lines.add("Everything is on the class path already.");
            } else {
                lines.add("Added to the class path:");
                added.forEach(artifact -> lines.add("  " + artifact));
            }
            lines.addAll(kept);
            return String.join("\n", lines);
        }
    }

    synchronized Addition add(List<Artifact> artifacts) {
        List<Artifact> added = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            String present = versions.putIfAbsent(artifact.key(), artifact.version());
            if (present == null) {
                added.add(artifact);
            } else if (!present.equals(artifact.version())) {
                kept.add("Kept " + artifact.key() + ":" + present + ", which is on the class path already; "
                        + artifact.version()
                        + " was asked for. To have that one, restart the kernel and name it first.");
            }
        }
        return new Addition(added, kept);
    }
}
