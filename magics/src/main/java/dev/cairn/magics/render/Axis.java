package dev.cairn.magics.render;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** A range of numbers with round marks. */
record Axis(double low, double high, double step) {
    /** An axis that holds all the values, with about so many marks. */
    static Axis over(DoubleStream values, int marks) {
        DoubleSummaryStatistics finite = values.filter(Double::isFinite).summaryStatistics();
        double low = finite.getCount() == 0 ? 0 : finite.getMin();
        double high = finite.getCount() == 0 ? 1 : finite.getMax();
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
            low -= margin;
            high += margin;
        }
        double step = roundStep((high - low) / marks);
        return new Axis(low, high, step);
    }

    private static double roundStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double lead = raw / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (double at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
            marks.add(at * step);
        }
        return marks;
    }

    String label(double mark) {
        return CellText.significant(Math.abs(mark) < step * 1e-6 ? 0.0 : mark, 4);
    }

    /** Where the value lies, 0 at the low end and 1 at the high. */
    double position(double value) {
        return (value - low) / (high - low);
    }

    static Axis of(LineChart chart, Function<LineChart.Line, DoubleStream> values, int marks) {
        return over(chart.lines().stream().flatMapToDouble(values), marks);
    }
}
