package dev.cairn.jupyter.display;

import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A renderer that can tell what it knows; the base kernel's gives the plain text of anything else. */
final class RegisteredTypes extends Renderer {
    private final Set<Class<?>> types = ConcurrentHashMap.newKeySet();

    @Override
    public <T> void register(
            Set<MIMEType> supported,
            Set<MIMEType> preferred,
            Set<Class<? extends T>> rendered,
            RenderFunction<T> function) {
        super.register(supported, preferred, rendered, function);
        types.addAll(rendered);
    }

    /** Whether somebody has said how the value is shown. */
    boolean knows(Object value) {
        return value instanceof DisplayDataRenderable || types.stream().anyMatch(type -> type.isInstance(value));
    }
}
