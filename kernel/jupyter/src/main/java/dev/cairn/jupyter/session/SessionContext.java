package dev.cairn.jupyter.session;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.Comms;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.magic.MagicRegistry;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The session as extensions see it. */
final class SessionContext implements KernelContext {
    private final KernelSession session;
    private final MagicRegistry registry;
    private final Renderer renderer;
    private final List<String> startupSnippets = new ArrayList<>();
    private final Deque<Runnable> shutdownActions = new ArrayDeque<>();
    private final Map<String, String> environment = new ConcurrentSkipListMap<>();
    private volatile Path workingDirectory;

    SessionContext(KernelSession session, SessionSettings settings, MagicRegistry registry, Renderer renderer) {
        this.session = session;
        environment.putAll(settings.environment());
        this.registry = registry;
        this.renderer = renderer;
        this.workingDirectory = settings.workingDirectory();
    }

    @Override
    public void registerLineMagic(String name, LineMagic magic) {
        registry.register(name, magic);
    }

    @Override
    public void registerCellMagic(String name, CellMagic magic) {
        registry.register(name, magic);
    }

    @Override
    public Renderer renderer() {
        return renderer;
    }

    @Override
    public Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public void changeDirectory(Path directory) {
        workingDirectory = directory.toAbsolutePath().normalize();
    }

    @Override
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public void setEnvironmentVariable(String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    @Override
    public Map<String, String> variables() {
        return session.variables();
    }

    @Override
    public void forgetDeclarations() {
        session.forgetDeclarations();
    }

    @Override
    public void setNextInput(String code, boolean replacesCell) {
        session.setNextInput(new NextInput(code, replacesCell));
    }

    @Override
    public List<String> executedCells() {
        return session.executedCells();
    }

    @Override
    public @Nullable Object evaluate(String expression) throws EvaluationException, InterruptedException {
        return session.evaluate(expression);
    }

    @Override
    public @Nullable Object runCell(String code) throws EvaluationException, InterruptedException {
        return session.runCellCode(code);
    }

    @Override
    public void addToClassPath(Path jarOrDirectory) {
        session.addToClassPath(List.of(jarOrDirectory));
    }

    @Override
    public void addToClassPath(List<Path> jarsAndDirectories) {
        session.addToClassPath(jarsAndDirectories);
    }

    @Override
    public List<Path> addedClassPath() {
        return session.addedClassPath();
    }

    @Override
    public Comms comms() {
        return session.comms();
    }

    @Override
    public synchronized void addStartupSnippet(String code) {
        startupSnippets.add(code);
    }

    @Override
    public synchronized void onShutdown(Runnable action) {
        shutdownActions.push(action);
    }

    synchronized List<String> takeStartupSnippets() {
        List<String> taken = List.copyOf(startupSnippets);
        startupSnippets.clear();
        return taken;
    }

    void runShutdownActions() {
        for (Runnable action = nextShutdownAction(); action != null; action = nextShutdownAction()) {
            action.run();
        }
    }

    private synchronized @Nullable Runnable nextShutdownAction() {
        return shutdownActions.poll();
    }
}
