package dev.cairn.jupyter.eval;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;

/**
 * The way to what JShell keeps to itself and has no interface for. Java allows it when it is started with {@link
 * ShellMemory#OPTION}; without that, or in a JDK that has other fields, there is none.
 */
final class ShellFields {
    private ShellFields() {}

    /** What is at the end of a path of fields. */
    static Optional<Object> at(Object owner, String... fields) {
        try {
            Object found = owner;
            for (String name : fields) {
                found = opened(found, name).get(found);
            }
            return Optional.ofNullable(found);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return Optional.empty();
        }
    }

    /** Sets a field where there is a way to it. */
    static void set(Object owner, String name, Object value) {
        try {
            opened(owner, name).set(owner, value);
        } catch (ReflectiveOperationException | InaccessibleObjectException | IllegalArgumentException e) {
            // No way to it: JShell goes on as it would by itself, which each user of this class says what it means.
            return;
        }
    }

    private static Field opened(Object owner, String name) throws NoSuchFieldException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
