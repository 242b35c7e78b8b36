package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import java.io.PrintStream;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * The output of a cell of JJava's. JJava has one output, that of the cell which runs: what is displayed between cells is lost, and nothing
 * can be taken back.
 */
record JJavaOutput(JupyterIO io, MirroringRenderer renderer) implements CellOutput {
    private static final String DISPLAY_ID = "display_id";

    @Override
    public PrintStream out() {
        return io.out;
    }

    @Override
    public PrintStream err() {
        return io.err;
    }

    @Override
    public DisplayHandle display(Object value) {
        Handle handle = new Handle(UUID.randomUUID().toString(), this);
        if (io.display.isAttached()) {
            io.display.display(handle.picture(value));
        }
        return handle;
    }

    @Override
    public void clear(boolean wait) {
        // JJava offers no way to clear an output; what follows stands below what is there.
    }

    private record Handle(String id, JJavaOutput output) implements DisplayHandle {
        @Override
        public void update(Object value) {
            if (output.io.display.isAttached()) {
                output.io.display.updateDisplay(id, picture(value));
            }
        }

        private DisplayData picture(Object value) {
            DisplayData picture = output.renderer.forJJava(value);
            // By its name, since setDisplayId() has not the same signature in every version.
            picture.putTransientData(DISPLAY_ID, id);
            return picture;
        }
    }
}
