package dev.cairn.jupyter.display;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.awt.image.RenderedImage;
import java.net.URI;
import java.net.URL;
import java.util.Map;

/**
 * Turns any value into a {@link MimeBundle}: by the renderer registered for its type, else by what the kernel knows of the JDK's
 * types, else as bounded plain text.
 */
public final class ValueRenderer {
    private final RegisteredTypes registered = new RegisteredTypes();

    /** Where types are registered. */
    public Renderer renderer() {
        return registered;
    }

    /** The value's forms. */
    public MimeBundle render(Object value) {
        if (value instanceof MimeBundle bundle) {
            return bundle;
        }
        if (value instanceof DisplayData data) {
            return MimeBundle.of(data);
        }
        if (!registered.knows(value)) {
            return ofTheKernel(value);
        }
        MimeBundle rendered = MimeBundle.of(registered.render(value, Map.of()));
        boolean isOnlyText = rendered.data().size() == 1 && rendered.text().isPresent();
        return isOnlyText ? MimeBundle.ofText(PlainText.bounded(rendered.text().orElseThrow())) : rendered;
    }

    /** The value in one MIME type only; its text under that type when no renderer gives the type. */
    public MimeBundle renderAs(Object value, String mimeType) {
        if (value instanceof CharSequence text) {
            return MimeBundle.of(mimeType, text.toString());
        }
        MimeBundle rendered = registered.knows(value)
                ? MimeBundle.of(registered.renderAs(value, Map.of(), mimeType))
                : ofTheKernel(value);
        if (!rendered.data().has(mimeType)) {
            return MimeBundle.of(mimeType, PlainText.of(value));
        }
        var only = new JsonObject();
        only.add(mimeType, rendered.data().get(mimeType));
        return new MimeBundle(only, rendered.metadata(), rendered.displayId());
    }

    private static MimeBundle ofTheKernel(Object value) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return MimeBundle.ofText(PlainText.of(value)); // most values; nothing else is asked of them
        }
        if (value instanceof RenderedImage image) {
            return ImageForm.of(image, "image");
        }
        if (value instanceof JsonElement json) {
            return ofJson(json);
        }
        if (value instanceof URI || value instanceof URL) {
            return ofAddress(value.toString());
        }
        if (PaintedForm.fits(value.getClass())) {
            return PaintedForm.of(value);
        }
        return TableForm.of(value).orElseGet(() -> MimeBundle.ofText(PlainText.of(value)));
    }

    private static MimeBundle ofJson(JsonElement json) {
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(json);
        var data = new JsonObject();
        data.addProperty("text/plain", PlainText.bounded(text));
        data.add("application/json", json);
        return new MimeBundle(data, new JsonObject(), null);
    }

    /** A link, if it leads into the web; any other scheme may do something to who clicks on it. */
    private static MimeBundle ofAddress(String address) {
        MimeBundle bundle = MimeBundle.ofText(PlainText.bounded(address));
        if (address.matches("(?i)https?://.+")) {
            String safe = Html.escape(address);
            bundle.data().addProperty("text/html", "<a href=\"" + safe + "\">" + safe + "</a>");
        }
        return bundle;
    }
}
