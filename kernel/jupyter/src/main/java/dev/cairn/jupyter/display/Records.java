package dev.cairn.jupyter.display;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Reads the components of records, those that cells declare included. */
final class Records {
    private Records() {}

    /** Whether the accessors may be called. */
    static boolean isReadable(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                component.getAccessor().invoke(record);
            } catch (InaccessibleObjectException | ReflectiveOperationException e) {
                return false; // it is shown by its toString then
            }
        }
        return true;
    }

    static @Nullable Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("isReadable was not asked", e);
        } catch (InvocationTargetException e) {
            return "(" + component.getName() + "() failed: " + e.getCause() + ")";
        }
    }
}
