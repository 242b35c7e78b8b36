package dev.cairn.magics.render;

import dev.cairn.engine.pipeline.StageAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes whole lines, led by the stage's name, of what stages print that run at the same time. */
public final class StageLines {
    private final Map<Source, ByteArrayOutputStream> begun = new HashMap<>();

    private record Source(StageAddress stage, boolean isError) {}

    /** The lines that the bytes complete. */
    public byte[] append(StageAddress stage, byte[] bytes, boolean isError) {
        ByteArrayOutputStream line =
                begun.computeIfAbsent(new Source(stage, isError), s -> new ByteArrayOutputStream());
        ByteArrayOutputStream complete = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (line.size() == 0) {
                line.writeBytes((stage + " | ").getBytes(StandardCharsets.UTF_8));
            }
            line.write(b);
            if (b == '\n') {
                complete.writeBytes(line.toByteArray());
                line.reset();
            }
        }
        return complete.toByteArray();
    }

    /** The line that the stage has not ended itself; empty when there is none. */
    public byte[] end(StageAddress stage, boolean isError) {
        ByteArrayOutputStream line = begun.remove(new Source(stage, isError));
        if (line == null || line.size() == 0) {
            return new byte[0];
        }
        line.write('\n');
        return line.toByteArray();
    }
}
