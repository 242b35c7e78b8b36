package dev.cairn.jupyter.maven;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.magic.Documented;
import dev.cairn.jupyter.maven.SessionArtifacts.Addition;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code %maven} and {@code %%pom}: artifacts of Maven repositories, with what they need, for the cells that follow. */
public final class DependencyMagics implements KernelExtension {
    private static final String HELP =
            """
            %maven [OPTIONS] GROUP:ARTIFACT[:TYPE[:CLASSIFIER]]:VERSION…
            Adds artifacts and what they need at run time to the class path. VERSION can be a range as in [1.0,2.0), or LATEST.
            A list of versions, GROUP:ARTIFACT:VERSION@pom, lets others go without theirs. Sources of what is named are fetched in the
            background, where there are some, for the documentation of its classes. Tab offers what is on this machine.

            %%pom [OPTIONS]
            The same for what the cell declares as in a pom.xml: <dependency>, <repository>, <dependencyManagement>, or a project.

            //DEPS GROUP:ARTIFACT:VERSION…
            //REPOS ID=URL…
            The same as a comment at the start of a line, for code that is to run elsewhere too.

            Repositories, mirrors, proxies and passwords are those of the user's settings.xml, files those of the local repository.
              --repository ID=URL    one more repository, from now on
              -o, --offline          only what is on this machine
              -U, --update           ask again for what was not there, and for newer snapshots
              -s, --settings FILE    other settings than the user's, from now on
              -q, --quiet            say nothing when there is nothing new
            """;

    private final ResolverLoader loader = new ResolverLoader();
    // Sources are for whoever asks for documentation later: one thread that is there while it has something to fetch.
    private final ExecutorService background = new ThreadPoolExecutor(
            0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DependencyMagics::sourcesThread);
    private final SessionArtifacts artifacts = new SessionArtifacts();
    private final Set<String> repositories = new TreeSet<>();
    private final Set<DependencyRequest> satisfied = new HashSet<>();
    private @Nullable Path settings;
    private @Nullable DependencyResolver resolver;

    @Override
    public void install(KernelContext kernel) {
        kernel.onShutdown(this::endBackground);
        Documented.Completer options = Documented.Completer.of(DependencyArguments.OPTIONS);
        Documented.Completer words = request -> request.word().startsWith("-")
                ? options.apply(request)
                : coordinates(request.word(), kernel.workingDirectory());
        kernel.registerLineMagic("maven", Documented.line(HELP, words, call -> run(call, "")));
        kernel.registerCellMagic("pom", Documented.cell(HELP, options, this::run));
    }

    private synchronized List<String> coordinates(String typed, Path workingDirectory) {
        var where = new DependencyRequest(
                List.of(), "", List.of(), new DependencyRequest.Options(true, false, settings), workingDirectory);
        return resolver().complete(typed, where);
    }

    private synchronized @Nullable Object run(MagicCall call, String pom) throws InterruptedException {
        KernelContext kernel = call.kernel();
        var arguments = DependencyArguments.of(call.words(), kernel.workingDirectory());
        if (arguments.coordinates().isEmpty() && arguments.repositories().isEmpty() && pom.isBlank()) {
            throw new MagicException(
                    "UsageError", "What is to be added?", "As in %maven org.apache.commons:commons-math3:3.6.1");
        }
        repositories.addAll(arguments.repositories());
        DependencyRequest request = withSessionsOwn(arguments.request(pom, kernel.workingDirectory()));
        if (arguments.coordinates().isEmpty() && pom.isBlank()) {
            return null;
        }
        // A cell that names what it needs is run again and again.
        if (arguments.isQuiet() && satisfied.contains(request)) {
            return null;
        }
        var progress = new ProgressDisplay(call.output());
        Addition addition = artifacts.add(resolver().resolve(request, progress).artifacts());
        kernel.addToClassPath(addition.files());
        satisfied.add(request);
        if (!addition.isEmpty()) {
            fetchSources(request);
        }
        progress.finish(arguments.isQuiet() && addition.isEmpty() ? "" : addition.describe());
        return null;
    }

    private void fetchSources(DependencyRequest request) {
        DependencyResolver fetching = resolver();
        background.execute(() -> {
            try {
                fetching.fetchSources(request);
            } catch (InterruptedException | MagicException e) {
                // The session ends, or a repository has gone since: documentation is done without, and the cells have
                // all they need.
                return;
            }
        });
    }

    private void endBackground() {
        background.shutdownNow();
        try {
            // What it writes is to be whole when the process, or a test's directory, goes away.
            boolean unused = background.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread sourcesThread(Runnable task) {
        var thread = new Thread(task, "cairn-sources");
        thread.setDaemon(true);
        return thread;
    }

    private DependencyRequest withSessionsOwn(DependencyRequest request) {
        DependencyRequest.Options options = request.options();
        if (options.settings() != null) {
            settings = options.settings();
        }
        return new DependencyRequest(
                request.coordinates(),
                request.pom(),
                List.copyOf(repositories),
                new DependencyRequest.Options(options.isOffline(), options.updates(), settings),
                request.workingDirectory());
    }

    private DependencyResolver resolver() {
        DependencyResolver loaded = resolver;
        if (loaded == null) {
            loaded = loader.load();
            resolver = loaded;
        }
        return loaded;
    }
}
