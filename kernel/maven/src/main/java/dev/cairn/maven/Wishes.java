package dev.cairn.maven;

import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.maven.DependencyRequest;
import eu.maveniverse.maven.mima.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.util.artifact.JavaScopes;

/** Reads what the user asks for. */
final class Wishes {
    private static final Pattern WITHOUT_VERSION = Pattern.compile("[^:@]+:[^:@]+");
    private static final Pattern TYPE_AT_END = Pattern.compile("([^:@]+:[^:@]+):([^:@]+)@(\\w+)");

    private final Context context;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Dependency> managed = new ArrayList<>();
    private List<RemoteRepository> repositories;

    Wishes(Context context) {
        this.context = context;
        repositories = context.remoteRepositories();
    }

    CollectRequest collect(DependencyRequest request) {
        if (!request.pom().isBlank()) {
            add(new PomCell(context).read(request.pom(), repositories));
        }
        List<String> coordinates = new ArrayList<>(request.coordinates());
        coordinates.removeIf(this::isVersionList);
        for (String coordinate : coordinates) {
            dependencies.add(new Dependency(artifact(coordinate), JavaScopes.RUNTIME));
        }
        return new CollectRequest()
                .setDependencies(dependencies)
                .setManagedDependencies(managed)
                .setRepositories(repositories);
    }

    private void add(ArtifactDescriptorResult pom) {
        dependencies.addAll(pom.getDependencies());
        managed.addAll(pom.getManagedDependencies());
        var system = context.repositorySystem();
        var session = context.repositorySystemSession();
        List<RemoteRepository> own = system.newResolutionRepositories(session, pom.getRepositories());
        List<RemoteRepository> all = new ArrayList<>(repositories);
        own.stream().filter(repository -> !all.contains(repository)).forEach(all::add);
        repositories = all;
    }

    private boolean isVersionList(String coordinate) {
        Matcher matcher = TYPE_AT_END.matcher(coordinate);
        if (!matcher.matches() || !matcher.group(3).equals("pom")) {
            return false;
        }
        var request = new ArtifactDescriptorRequest(
                new DefaultArtifact(matcher.group(1) + ":pom:" + matcher.group(2)), repositories, "");
        try {
            managed.addAll(context.repositorySystem()
                    .readArtifactDescriptor(context.repositorySystemSession(), request)
                    .getManagedDependencies());
            return true;
        } catch (ArtifactDescriptorException e) {
            throw new FailureReport(context.repositorySystemSession().isOffline()).of(e);
        }
    }

    private Artifact artifact(String coordinate) {
        if (WITHOUT_VERSION.matcher(coordinate).matches()) {
            return managedVersion(coordinate)
                    .orElseThrow(() -> new MagicException(
                            "UsageError",
                            "The version of " + coordinate + " is missing.",
                            coordinate + ":LATEST takes the newest there is."));
        }
        Matcher typed = TYPE_AT_END.matcher(coordinate);
        String aether = typed.matches() ? typed.group(1) + ":" + typed.group(3) + ":" + typed.group(2) : coordinate;
        try {
            return new DefaultArtifact(aether);
        } catch (IllegalArgumentException e) {
            throw new MagicException(
                    "UsageError",
                    "'" + coordinate + "' names no artifact.",
                    "Write GROUP:ARTIFACT:VERSION or GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION.",
                    e);
        }
    }

    private Optional<Artifact> managedVersion(String coordinate) {
        return managed.stream()
                .map(Dependency::getArtifact)
                .filter(artifact -> coordinate.equals(artifact.getGroupId() + ":" + artifact.getArtifactId()))
                .filter(artifact -> artifact.getExtension().equals("jar")
                        && artifact.getClassifier().isEmpty())
                .findFirst();
    }
}
