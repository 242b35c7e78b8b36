package dev.cairn.store.git;

import dev.cairn.store.OperationInterruptedException;
import dev.cairn.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Exchanges refs with another repository. Git's own program does it, for it knows the user's keys, proxies and credential
 * helpers. Hooks are not run, and {@code FETCH_HEAD} stays as it is.
 */
public final class GitTransport {
    private final GitRepository repository;
    private final Map<String, String> environment;

    /** @param environment the variables for the program */
    public GitTransport(GitRepository repository, Map<String, String> environment) {
        this.repository = repository;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The refs of the other repository whose full names begin with {@code prefix}.
     *
     * @param remote its name in Git's configuration, a URL or a path
     */
    public SortedMap<String, ObjectId> refs(String remote, String prefix) {
        SortedMap<String, ObjectId> refs = new TreeMap<>();
        String output = git("reach", remote, List.of("ls-remote", "--quiet", "--", remote, prefix + "*"));
        for (String line : output.split("\n", -1)) {
            int tab = line.indexOf('\t');
            if (tab == 40 && line.startsWith(prefix, tab + 1)) {
                refs.put(line.substring(tab + 1), ObjectId.fromString(line.substring(0, tab)));
            }
        }
        return refs;
    }

    /** Makes the refs of the other repository what they are here; those whose history would be lost too. */
    public void push(String remote, Collection<String> refs) {
        pushSpecs(remote, refs.stream().map(ref -> "+" + ref + ":" + ref).toList());
    }

    /** Deletes refs of the other repository. */
    public void delete(String remote, Collection<String> refs) {
        pushSpecs(remote, refs.stream().map(ref -> ":" + ref).toList());
    }

    private void pushSpecs(String remote, List<String> specs) {
        if (!specs.isEmpty()) {
            List<String> words = new ArrayList<>(List.of("push", "--quiet", "--no-verify", "--", remote));
            words.addAll(specs);
            git("push to", remote, words);
        }
    }

    /** Brings the commits that the refs of the other repository point at, with all they need. No ref moves here. */
    public void fetch(String remote, Collection<String> refs) {
        if (!refs.isEmpty()) {
            List<String> words = new ArrayList<>(List.of(
                    "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--", remote));
            words.addAll(refs);
            git("fetch from", remote, words);
        }
    }

    private String git(String doing, String remote, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(repository.workTree().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            Path errors = Files.createTempFile("git", ".err");
            try {
                Process git = builder.redirectError(errors.toFile()).start();
                String output;
                try (InputStream stream = git.getInputStream()) {
                    output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
                if (git.waitFor() != 0) {
                    String reason = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip();
                    throw new StoreException(
                            "Git could not %s '%s': %s".formatted(doing, remote, reason),
                            "`git remote -v` shows the remotes there are.");
                }
                return output;
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (InterruptedException e) {
            throw new OperationInterruptedException("talking to the Git remote '" + remote + "'");
        } catch (IOException e) {
            throw StoreException.io("run git", e);
        }
    }
}
