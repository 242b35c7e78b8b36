package dev.cairn.maven;

import dev.cairn.jupyter.extension.MagicException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;

/** Says which artifact cannot be had, why, from which repositories, and what to do. */
final class FailureReport {
    private final boolean isOffline;

    FailureReport(boolean isOffline) {
        this.isOffline = isOffline;
    }

    MagicException of(RepositoryException failure) {
        Optional<ArtifactResolutionException> artifacts = find(failure, ArtifactResolutionException.class);
        List<String> lines = new ArrayList<>();
        Set<Throwable> reasons = new LinkedHashSet<>();
        if (artifacts.isPresent()) {
            for (ArtifactResult result : artifacts.get().getResults()) {
                if (!result.isResolved()) {
                    lines.add(describe(result, failure));
                    reasons.addAll(result.getExceptions());
                }
            }
        }
        find(failure, VersionRangeResolutionException.class)
                .ifPresent(range -> lines.add(
                        range.getMessage() + from(range.getResult().getRequest().getRepositories())));
        if (lines.isEmpty()) {
            lines.add(rootMessage(failure));
        }
        return new MagicException("DependencyError", String.join("\n", lines), hint(reasons), failure);
    }

    private static String describe(ArtifactResult result, RepositoryException failure) {
        var request = result.getRequest();
        Artifact artifact = request.getArtifact();
        var text = new StringBuilder(artifact.toString())
                .append(neededBy(result, failure))
                .append(" cannot be had");
        List<RemoteRepository> repositories = request.getRepositories();
        if (repositories.isEmpty()) {
            return text.append(": no repository is known.").toString();
        }
        text.append(':');
        for (RemoteRepository repository : repositories) {
            text.append("\n  ")
                    .append(repository.getId())
                    .append(" (")
                    .append(repository.getUrl())
                    .append("): ");
            text.append(reason(result, repository));
        }
        return text.toString();
    }

    private static String reason(ArtifactResult result, RemoteRepository repository) {
        List<ArtifactTransferException> failures = result.getExceptions().stream()
                .filter(ArtifactTransferException.class::isInstance)
                .map(ArtifactTransferException.class::cast)
                .filter(failure -> repository.equals(failure.getRepository()))
                .toList();
        if (failures.isEmpty()) {
            return "not there";
        }
        return failures.stream().map(FailureReport::reason).distinct().collect(Collectors.joining("; "));
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ArtifactNotFoundException && failure.getCause() == null) {
            boolean isCached = String.valueOf(failure.getMessage()).contains("cached in the local repository");
            return isCached ? "not there when it was last asked" : "not there";
        }
        return rootMessage(failure);
    }

    private static String neededBy(ArtifactResult result, RepositoryException failure) {
        DependencyNode node = result.getRequest().getDependencyNode();
        List<DependencyNode> path = find(failure, DependencyCollectionException.class)
                .flatMap(collection -> collection.getResult().getExceptions().isEmpty()
                        ? Optional.empty()
                        : Optional.ofNullable(collection.getResult().getRoot()))
                .map(root -> path(root, result.getRequest().getArtifact()))
                .or(() -> find(failure, DependencyResolutionException.class)
                        .map(resolution -> resolution.getResult().getRoot())
                        .map(root ->
                                path(root, node == null ? result.getRequest().getArtifact() : node.getArtifact())))
                .orElse(List.of());
        String parents = path.stream()
                .filter(step -> step.getArtifact() != null)
                .map(step -> step.getArtifact().toString())
                .collect(Collectors.joining(" > "));
        return parents.isEmpty() ? "" : ", needed by " + parents + ",";
    }

    private static List<DependencyNode> path(DependencyNode node, Artifact wanted) {
        for (DependencyNode child : node.getChildren()) {
            if (isSame(child.getArtifact(), wanted)) {
                return List.of(node);
            }
            List<DependencyNode> deeper = path(child, wanted);
            if (!deeper.isEmpty()) {
                List<DependencyNode> path = new ArrayList<>(List.of(node));
                path.addAll(deeper);
                return path;
            }
        }
        return List.of();
    }

    private static boolean isSame(Artifact one, Artifact other) {
        return one.getGroupId().equals(other.getGroupId())
                && one.getArtifactId().equals(other.getArtifactId())
                && one.getVersion().equals(other.getVersion());
    }

    private static String from(List<RemoteRepository> repositories) {
        return " (looked in "
                + repositories.stream().map(RemoteRepository::getId).collect(Collectors.joining(", ")) + ")";
    }

    private String hint(Set<Throwable> reasons) {
        if (isOffline) {
            return "Ask once without -o (or offline in settings.xml) while the machine is online.";
        }
        boolean isUnreachable = reasons.stream()
                .anyMatch(reason ->
                        reason instanceof ArtifactTransferException && !(reason instanceof ArtifactNotFoundException));
        if (isUnreachable) {
            return "Look at the network, and at mirrors and proxies in the settings.xml of Maven.";
        }
        boolean isCached = reasons.stream()
                .anyMatch(reason -> String.valueOf(reason.getMessage()).contains("cached"));
        return isCached
                ? "With -U the repositories are asked again."
                : "Check how it is spelled; if it is in another repository, name that: --repository ID=URL";
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
