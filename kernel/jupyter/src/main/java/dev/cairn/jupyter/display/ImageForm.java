package dev.cairn.jupyter.display;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as PNG. Apart from the renderer, so that AWT is loaded by the first picture only. */
final class ImageForm {
    private ImageForm() {}

    static MimeBundle of(RenderedImage image, String name) {
        String size = name + ", " + image.getWidth() + " × " + image.getHeight() + " pixels";
        MimeBundle bundle = MimeBundle.of("image/png", Base64.getEncoder().encodeToString(png(image)));
        bundle.data().addProperty("text/plain", size);
        return bundle;
    }

    private static byte[] png(RenderedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("The image cannot be written as PNG", e);
        }
        return bytes.toByteArray();
    }
}
