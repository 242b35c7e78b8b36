package dev.cairn.jupyter.session;

import dev.cairn.jupyter.extension.CellEndAction;
import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.Comms;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.StandingContext;
import dev.cairn.jupyter.magic.MagicRegistry;
import dev.cairn.jupyter.output.CellScope;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The session as extensions see it. */
final class SessionContext extends StandingContext {
    private final KernelSession session;
    private final MagicRegistry registry;
    private final Renderer renderer;
    private final List<String> startupSnippets = new ArrayList<>();
    private final List<CellEndAction> cellEndActions = new CopyOnWriteArrayList<>();

    SessionContext(KernelSession session, SessionSettings settings, MagicRegistry registry, Renderer renderer) {
        super(settings.workingDirectory(), settings.environment());
        this.session = session;
        this.registry = registry;
        this.renderer = renderer;
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
    public Optional<CellOutput> currentOutput() {
        return CellScope.current().map(CellScope::output);
    }

    @Override
    public void onCellEnd(CellEndAction action) {
        cellEndActions.add(action);
    }

    void runCellEndActions() throws Exception {
        for (CellEndAction action : cellEndActions) {
            action.run();
        }
    }

    synchronized List<String> takeStartupSnippets() {
        List<String> taken = List.copyOf(startupSnippets);
        startupSnippets.clear();
        return taken;
    }
}
