package dev.cairn.jupyter.session;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type to declare for a magic's value, as in {@code var table = %exp show}: the most exact one that cells can name. */
final class DeclaredType {
    private DeclaredType() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "Object";
        }
        boolean isExact = value.getClass().getTypeParameters().length == 0 && isNameable(value.getClass());
        if (isExact) {
            return name(value.getClass());
        }
        if (value instanceof List<?> list) {
            return "java.util.List<" + common(list) + ">";
        }
        if (value instanceof Set<?> set) {
            return "java.util.Set<" + common(set) + ">";
        }
        if (value instanceof Map<?, ?> map) {
            return "java.util.Map<" + common(map.keySet()) + ", " + common(map.values()) + ">";
        }
        return name(value.getClass());
    }

    private static String common(Collection<?> values) {
        Set<String> types = values.stream()
                .map(value -> value == null ? "Object" : name(value.getClass()))
                .collect(Collectors.toSet());
        return types.size() == 1 ? types.iterator().next() : "Object";
    }

    private static String name(Class<?> type) {
        for (Class<?> candidate = type; candidate != null && candidate != Object.class; ) {
            if (isNameable(candidate)) {
                return withParameters(candidate);
            }
            for (Class<?> implemented : candidate.getInterfaces()) {
                if (isNameable(implemented)) {
                    return withParameters(implemented);
                }
            }
            candidate = candidate.getSuperclass();
        }
        return "Object";
    }

    private static boolean isNameable(Class<?> type) {
        String name = type.getCanonicalName();
        if (name == null || type.isHidden() || name.startsWith("REPL.")) {
            return false;
        }
        for (Class<?> t = type.isArray() ? element(type) : type; t != null; t = t.getEnclosingClass()) {
            if (!Modifier.isPublic(t.getModifiers())) {
                return false;
            }
        }
        Class<?> base = type.isArray() ? element(type) : type;
        return base.isPrimitive() || base.getModule().isExported(base.getPackageName());
    }

    private static Class<?> element(Class<?> array) {
        Class<?> type = array;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type;
    }

    private static String withParameters(Class<?> type) {
        int parameters = type.getTypeParameters().length;
        String name = type.getCanonicalName();
        return parameters == 0 ? name : name + "<" + String.join(", ", Collections.nCopies(parameters, "?")) + ">";
    }
}
