package dev.cairn.maven;

import dev.cairn.jupyter.maven.DependencyRequest;
import dev.cairn.jupyter.maven.DependencyResolver;
import dev.cairn.jupyter.maven.ResolvedDependencies;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.AddRepositoriesOp;
import eu.maveniverse.maven.mima.context.ContextOverrides.SnapshotUpdatePolicy;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;

/** Resolves with Maven's own library: settings, mirrors, proxies and the local repository are the user's. */
public final class MavenDependencies implements DependencyResolver {
    @Override
    public ResolvedDependencies resolve(DependencyRequest request, Progress progress) throws InterruptedException {
        return within(request, progress, context -> resolve(context, request));
    }

    @Override
    public void fetchSources(DependencyRequest request) throws InterruptedException {
        within(request, activity -> {}, context -> fetchSources(context, request));
    }

    @Override
    public List<String> complete(String coordinates, DependencyRequest request) {
        Thread thread = Thread.currentThread();
        try {
            return within(request, activity -> {}, context -> new LocalArtifacts(context.repositorySystemSession()
                            .getLocalRepository()
                            .getBasedir()
                            .toPath())
                    .complete(coordinates));
        } catch (InterruptedException e) {
            thread.interrupt();
            return List.of();
        }
    }

    private interface Task<T> {
        T run(Context context) throws InterruptedException;
    }

    private static <T> T within(DependencyRequest request, Progress progress, Task<T> task)
            throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // What the library looks up by the thread's loader is beside it, not among the user's classes.
        thread.setContextClassLoader(MavenDependencies.class.getClassLoader());
        try (Context context = new StandaloneStaticRuntime().create(overrides(request, progress))) {
            return task.run(context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ContextOverrides overrides(DependencyRequest request, Progress progress) {
        List<RemoteRepository> repositories =
                Repositories.withCentral(request.repositories(), request.workingDirectory());
        ContextOverrides.Builder overrides = ContextOverrides.create()
                .withUserSettings(true)
                .withBasedirOverride(request.workingDirectory())
                .repositories(repositories)
                .addRepositoriesOp(AddRepositoriesOp.PREPEND)
                .transferListener(new TransferProgress(progress, Thread.currentThread()));
        if (request.options().settings() != null) {
            overrides.withUserSettingsXmlOverride(request.options().settings());
        }
        if (request.options().isOffline()) {
            overrides.offline(true);
        }
        if (request.options().updates()) {
            overrides.snapshotUpdatePolicy(SnapshotUpdatePolicy.ALWAYS);
        }
        return overrides.build();
    }

    private static ResolvedDependencies resolve(Context context, DependencyRequest request)
            throws InterruptedException {
        var order = new PreorderNodeListGenerator();
        tree(context, request).accept(order);
        return new ResolvedDependencies(order.getArtifacts(false).stream()
                .map(MavenDependencies::toArtifact)
                .toList());
    }

    /** Fetches all that is needed; below the root is what was asked for by name. */
    private static DependencyNode tree(Context context, DependencyRequest request) throws InterruptedException {
        CollectRequest collect = new Wishes(context).collect(request);
        var resolution = new org.eclipse.aether.resolution.DependencyRequest(
                collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
        try {
            return context.repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), resolution)
                    .getRoot();
        } catch (DependencyResolutionException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while dependencies were fetched");
            }
            throw new FailureReport(request.options().isOffline()).of(e);
        }
    }

    private static List<ArtifactResult> fetchSources(Context context, DependencyRequest request)
            throws InterruptedException {
        List<ArtifactRequest> sources = tree(context, request).getChildren().stream()
                .map(node -> new ArtifactRequest(
                        new SubArtifact(node.getArtifact(), "sources", "jar"), node.getRepositories(), ""))
                .toList();
        try {
            return context.repositorySystem().resolveArtifacts(context.repositorySystemSession(), sources);
        } catch (ArtifactResolutionException e) {
            // Not every artifact has sources somewhere; those that have are here now.
            return e.getResults();
        }
    }

    private static ResolvedDependencies.Artifact toArtifact(Artifact artifact) {
        var key = new StringBuilder(artifact.getGroupId()).append(':').append(artifact.getArtifactId());
        if (!artifact.getExtension().equals("jar") || !artifact.getClassifier().isEmpty()) {
            key.append(':').append(artifact.getExtension());
        }
        if (!artifact.getClassifier().isEmpty()) {
            key.append(':').append(artifact.getClassifier());
        }
        return new ResolvedDependencies.Artifact(
                key.toString(), artifact.getVersion(), artifact.getFile().toPath());
    }
}
