package dev.cairn.engine.metric;

/** The data of one revision does not fit the plot. Becomes a {@link PlotSet.Problem}. */
final class PlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** @param type DVC's name for the kind of error */
    PlotException(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }
}
