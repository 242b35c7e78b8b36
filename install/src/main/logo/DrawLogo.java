import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws the logo, a cairn of five stones, as PNG and SVG: {@code java DrawLogo.java FOLDER}. */
public final class DrawLogo {
    private static final double SIZE = 64;

    /** A stone: its middle, half its width and height, how far it leans, and its color. */
    private record Stone(double x, double y, double halfWidth, double halfHeight, double degrees, Color color) {
        /** Flatter than an ellipse, as stones are that lie well. */
        Path2D outline() {
            double w = halfWidth;
            double h = halfHeight;
            Path2D path = new Path2D.Double();
            path.moveTo(-w, 0.1 * h);
            path.curveTo(-w, -0.75 * h, -0.65 * w, -h, 0.05 * w, -h);
            path.curveTo(0.7 * w, -h, w, -0.65 * h, w, 0.05 * h);
            path.curveTo(w, 0.8 * h, 0.6 * w, h, -0.05 * w, h);
            path.curveTo(-0.7 * w, h, -w, 0.85 * h, -w, 0.1 * h);
            path.closePath();
            AffineTransform place = AffineTransform.getTranslateInstance(x, y);
            place.rotate(Math.toRadians(degrees));
            path.transform(place);
            return path;
        }

        String hexColor() {
            return "#%06x".formatted(color.getRGB() & 0xffffff);
        }
    }

    private static final List<Stone> STONES = List.of(
            new Stone(32, 54.5, 26, 7.2, -1.5, new Color(0x4a5a68)),
            new Stone(31, 41.5, 20, 6.6, 3, new Color(0x637687)),
            new Stone(33, 29.6, 15, 5.8, -4, new Color(0x7d91a3)),
            new Stone(31.5, 19.4, 10, 4.8, 5, new Color(0x98abbb)),
            new Stone(32.5, 10.6, 5.8, 4.2, -6, new Color(0xe08a3c)));

    private DrawLogo() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int size : new int[] {32, 64}) {
            File file = folder.resolve("logo-%dx%d.png".formatted(size, size)).toFile();
            ImageIO.write(png(size), "png", file);
        }
        Files.writeString(folder.resolve("logo-svg.svg"), svg());
    }

    private static BufferedImage png(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(size / SIZE, size / SIZE);
        graphics.setStroke(new BasicStroke(1));
        for (Stone stone : STONES) {
            graphics.setColor(stone.color());
            graphics.fill(stone.outline());
        }
        graphics.dispose();
        return image;
    }

    private static String svg() {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\n");
        for (Stone stone : STONES) {
            svg.append("  <path fill=\"%s\" d=\"%s\"/>\n".formatted(stone.hexColor(), data(stone.outline())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String data(Path2D path) {
        StringBuilder data = new StringBuilder();
        double[] c = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            switch (i.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> data.append(format("M%.2f %.2f", c[0], c[1]));
                case PathIterator.SEG_CUBICTO ->
                    data.append(format("C%.2f %.2f %.2f %.2f %.2f %.2f", c[0], c[1], c[2], c[3], c[4], c[5]));
                default -> data.append("Z");
            }
        }
        return data.toString();
    }

    private static String format(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }
}
