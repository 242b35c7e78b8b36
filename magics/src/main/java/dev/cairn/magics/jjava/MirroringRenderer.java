package dev.cairn.magics.jjava;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.MimeBundle;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;
import java.util.Set;

/** Registers every type with JJava's renderer too, so that values show the same as a cell's result there. */
final class MirroringRenderer extends Renderer {
    private static final Gson GSON = new Gson();

    private final org.dflib.jjava.jupyter.kernel.display.Renderer mirror;

    MirroringRenderer(org.dflib.jjava.jupyter.kernel.display.Renderer mirror) {
        this.mirror = mirror;
    }

    @Override
    public <T> void register(
            Set<MIMEType> supported,
            Set<MIMEType> preferred,
            Set<Class<? extends T>> types,
            RenderFunction<T> renderFunction) {
        super.register(supported, preferred, types, renderFunction);
        for (Class<? extends T> type : types) {
            mirror.createRegistration(type)
                    .preferring(names(preferred))
                    .supporting(names(supported))
                    .register((value, context) -> context.getOutputContainer().assign(forJJava(value)));
        }
    }

    private static String[] names(Set<MIMEType> types) {
        return types.stream().map(MIMEType::toString).toArray(String[]::new);
    }

    /** All forms of the value, in JJava's terms. */
    org.dflib.jjava.jupyter.kernel.display.DisplayData forJJava(Object value) {
        MimeBundle bundle = MimeBundle.of(value instanceof DisplayData data ? data : render(value, Map.of()));
        var picture = new org.dflib.jjava.jupyter.kernel.display.DisplayData();
        plain(bundle.data()).forEach(picture::putData);
        plain(bundle.metadata()).forEach(picture::putMetaData);
        return picture;
    }

    // JJava writes JSON with a library of its own, which knows maps and lists but not the elements of ours.
    private static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> values = new java.util.LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            values.put(entry.getKey(), GSON.fromJson(entry.getValue(), Object.class));
        }
        return values;
    }
}
