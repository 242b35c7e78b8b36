package dev.cairn.engine.reproduce;

/**
 * One thing that differs between a stage as it is and as it last ran.
 *
 * @param path the dependency, parameter file or output as declared; empty for the command
 * @param key the parameter's dotted name; empty for anything else
 */
public record ChangeReason(Kind kind, String path, String key, State state) {
    /** What changed. */
    public enum Kind {
        DEPENDENCY,
        PARAMETER,
        OUTPUT,
        COMMAND,
        ALWAYS,
        CHECKSUM
    }

    /** How it changed. */
    public enum State {
        MODIFIED("modified"),
        DELETED("deleted"),
        NEW("new"),
        NOT_IN_CACHE("not in cache"),
        UPDATE_AVAILABLE("update available");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** DVC's word for it. */
        public String label() {
            return label;
        }
    }

    /** A dependency that differs. */
    public static ChangeReason dependency(String path, State state) {
        return new ChangeReason(Kind.DEPENDENCY, path, "", state);
    }

    static ChangeReason output(String path, State state) {
        return new ChangeReason(Kind.OUTPUT, path, "", state);
    }

    /** For people: {@code params.yaml: train.epochs modified}. */
    public String describe() {
        return switch (kind) {
            case COMMAND -> "changed command";
            case ALWAYS -> "always changed";
            case CHECKSUM -> "changed checksum";
            case PARAMETER -> "%s: %s %s".formatted(path, key, state.label());
            case DEPENDENCY, OUTPUT -> "%s %s".formatted(path, state.label());
        };
    }
}
