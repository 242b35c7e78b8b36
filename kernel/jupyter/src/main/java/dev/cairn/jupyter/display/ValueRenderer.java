package dev.cairn.jupyter.display;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.awt.image.RenderedImage;
import java.util.Map;

/** Turns any value into a {@link MimeBundle}: by the renderer registered for its type, else as bounded plain text. */
public final class ValueRenderer {
    private final Renderer renderer = new Renderer();

    /** Where types are registered. */
    public Renderer renderer() {
        return renderer;
    }

    /** The value's forms. */
    public MimeBundle render(Object value) {
        if (value instanceof MimeBundle bundle) {
            return bundle;
        }
        if (value instanceof DisplayData data) {
            return MimeBundle.of(data);
        }
        if (isPlain(value)) {
            return MimeBundle.ofText(PlainText.of(value));
        }
        if (value instanceof RenderedImage image) {
            return ImageForm.of(image);
        }
        MimeBundle rendered = MimeBundle.of(renderer.render(value, Map.of()));
        boolean isOnlyText = rendered.data().size() == 1 && rendered.text().isPresent();
        return isOnlyText ? MimeBundle.ofText(PlainText.bounded(rendered.text().orElseThrow())) : rendered;
    }

    /** The value in one MIME type only; its text under that type when no renderer gives the type. */
    public MimeBundle renderAs(Object value, String mimeType) {
        if (value instanceof CharSequence text) {
            return MimeBundle.of(mimeType, text.toString());
        }
        MimeBundle rendered = MimeBundle.of(renderer.renderAs(value, Map.of(), mimeType));
        return rendered.data().has(mimeType) ? rendered : MimeBundle.of(mimeType, PlainText.of(value));
    }

    private static boolean isPlain(Object value) {
        return !(value instanceof DisplayDataRenderable)
                && (value instanceof CharSequence
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Character
                        || value.getClass().isArray());
    }
}
