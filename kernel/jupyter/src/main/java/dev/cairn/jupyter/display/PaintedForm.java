package dev.cairn.jupyter.display;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Pictures of what can paint itself: whatever has the public methods {@code paint(Graphics2D, int width, int height)},
 * {@code getWidth()} and {@code getHeight()}, as the charts of XChart have. By these methods and not by a type, so that a
 * chart of any version, also of a jar that a cell has added, is drawn.
 */
final class PaintedForm {
    private static final int MAX_SIDE = 10_000;

    private PaintedForm() {}

    /** Whether the class has the methods; loads nothing of AWT. */
    static boolean fits(Class<?> type) {
        boolean isSized = has(type, "getWidth", "int") && has(type, "getHeight", "int");
        return isSized && paint(type).isPresent();
    }

    private static boolean has(Class<?> type, String name, String result) {
        try {
            return type.getMethod(name).getReturnType().getName().equals(result);
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Optional<Method> paint(Class<?> type) {
        for (Method method : type.getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            if (method.getName().equals("paint")
                    && parameters.length == 3
                    && parameters[0].getName().equals("java.awt.Graphics2D")
                    && parameters[1] == int.class
                    && parameters[2] == int.class) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    static MimeBundle of(Object painter) {
        try {
            Class<?> type = painter.getClass();
            int width = side(type.getMethod("getWidth").invoke(painter));
            int height = side(type.getMethod("getHeight").invoke(painter));
            var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            try {
                graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
                paint(type).orElseThrow().invoke(painter, graphics, width, height);
            } finally {
                graphics.dispose();
            }
            return ImageForm.of(image, type.getSimpleName());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return MimeBundle.ofText(PlainText.of(painter)); // its class is not public
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    painter.getClass().getSimpleName() + " cannot be painted: " + e.getCause(), e);
        }
    }

    private static int side(Object pixels) {
        return Math.max(1, Math.min(MAX_SIDE, (int) pixels));
    }
}
