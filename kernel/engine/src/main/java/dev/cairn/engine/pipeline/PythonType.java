package dev.cairn.engine.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Python calls the type of a value: DVC's messages name it. */
final class PythonType {
    private PythonType() {}

    static String name(@Nullable Object value) {
        if (value == null) {
            return "NoneType";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Map<?, ?>) {
            return "dict";
        }
        if (value instanceof List<?>) {
            return "list";
        }
        if (value instanceof Double) {
            return "float";
        }
        return value instanceof Number ? "int" : "str";
    }
}
