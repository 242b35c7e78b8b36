package dev.cairn.magics.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a chart as PNG with XChart, for readers that show neither SVG nor Vega. Kept apart so that AWT is loaded by the first picture only. */
final class PngChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 360;
    private static final Color INK = new Color(0x5f656b);
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP};

    private PngChart() {}

    /** The charts below each other in one picture. */
    static byte[] draw(List<LineChart> charts) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT * Math.max(1, charts.size()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            for (int i = 0; i < charts.size(); i++) {
                Graphics2D part = (Graphics2D) graphics.create(0, i * HEIGHT, WIDTH, HEIGHT);
                chart(charts.get(i)).paint(part, WIDTH, HEIGHT);
                part.dispose();
            }
        } finally {
            graphics.dispose();
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("The chart cannot be written as PNG", e);
        }
        return bytes.toByteArray();
    }

    private static XYChart chart(LineChart model) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(model.title())
                .xAxisTitle(model.xLabel())
                .yAxisTitle(model.yLabel())
                .build();
        style(chart.getStyler(), model);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < model.lines().size(); i++) {
            LineChart.Line line = model.lines().get(i);
            if (line.size() > 0) {
                // XChart wants a name once only; the number keeps two curves of one name apart.
                String name = names.add(line.name()) ? line.name() : line.name() + " (" + i + ")";
                paint(chart.addSeries(name, line.xs().toArray(), line.ys().toArray()), i);
            }
        }
        return chart;
    }

    private static void style(XYStyler styler, LineChart model) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xdddddd));
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(5);
        if (!model.joined()) {
            styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
    }

    private static void paint(XYSeries series, int index) {
        Color color = Color.decode(SvgChart.COLORS.get(index % SvgChart.COLORS.size()));
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(MARKERS[index % MARKERS.length]);
        float[] dash = index % 2 == 0 ? null : new float[] {7, 3};
        series.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0));
    }
}
