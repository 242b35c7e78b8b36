package dev.cairn.maven;

import dev.cairn.jupyter.extension.MagicException;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.repository.RemoteRepository;

/** Reads repositories as users name them: {@code id=url}, an address, a directory, or one of a few well-known names. */
final class Repositories {
    private static final Pattern NAMED = Pattern.compile("([\\w.-]+)=(.+)");
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+:.*");
    private static final Map<String, String> KNOWN = Map.of(
            "central", "https://repo.maven.apache.org/maven2/",
            "mavencentral", "https://repo.maven.apache.org/maven2/",
            "google", "https://maven.google.com/",
            "jitpack", "https://jitpack.io/");

    private Repositories() {}

    /** What the user names, and Maven Central unless it is among them. */
    static List<RemoteRepository> withCentral(List<String> texts, Path workingDirectory) {
        List<RemoteRepository> repositories = new ArrayList<>();
        for (String text : texts) {
            repositories.add(parse(text, workingDirectory));
        }
        if (repositories.stream().noneMatch(repository -> repository.getId().equals("central"))) {
            repositories.add(ContextOverrides.CENTRAL);
        }
        return repositories;
    }

    private static RemoteRepository parse(String text, Path workingDirectory) {
        Matcher named = NAMED.matcher(text);
        boolean isNamed = named.matches();
        String place = isNamed ? named.group(2) : text;
        String address = address(place, workingDirectory);
        String id =
                isNamed ? named.group(1) : KNOWN.containsKey(text) ? text : address.replaceAll("[^A-Za-z0-9.-]+", "-");
        return new RemoteRepository.Builder(id.equals("mavencentral") ? "central" : id, "default", address).build();
    }

    private static String address(String place, Path workingDirectory) {
        String known = KNOWN.get(place);
        if (known != null) {
            return known;
        }
        if (ADDRESS.matcher(place).matches()) {
            return place;
        }
        if (place.contains("/") || place.equals(".")) {
            return workingDirectory.resolve(place).normalize().toUri().toString();
        }
        throw new MagicException(
                "UsageError",
                "'" + place + "' is no repository.",
                "Write ID=URL, as in --repository mine=https://example.org/maven");
    }
}
