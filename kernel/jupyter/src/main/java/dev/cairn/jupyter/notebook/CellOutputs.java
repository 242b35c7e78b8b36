package dev.cairn.jupyter.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Gathers the outputs of one cell as a notebook file has them. All cells of a run share their {@link Displays}. */
final class CellOutputs implements OutputSink {
    private static final Pattern LINE_END = Pattern.compile("\r+\n");
    private static final Pattern OVERWRITTEN = Pattern.compile("[^\n]*\r(?=.)");

    private final Displays displays;
    private final List<JsonObject> outputs = new ArrayList<>();
    private boolean isClearing;

    CellOutputs(Displays displays) {
        this.displays = displays;
    }

    /** The outputs so far, as copies. */
    List<JsonObject> snapshot() {
        synchronized (displays) {
            List<JsonObject> copies = new ArrayList<>();
            for (JsonObject output : outputs) {
                JsonObject copy = output.deepCopy();
                if (isStream(copy)) {
                    copy.addProperty("text", withoutOverwritten(copy.get("text").getAsString()));
                }
                copies.add(copy);
            }
            return copies;
        }
    }

    @Override
    public void stream(StreamName name, String text) {
        synchronized (displays) {
            clearIfDue();
            // One output a stream, up to the next display, however the text came.
            for (int i = outputs.size() - 1; i >= 0 && isStream(outputs.get(i)); i--) {
                JsonObject output = outputs.get(i);
                if (output.get("name").getAsString().equals(name.protocolName())) {
                    output.addProperty("text", output.get("text").getAsString() + text);
                    return;
                }
            }
            JsonObject output = output("stream");
            output.addProperty("name", name.protocolName());
            output.addProperty("text", text);
            outputs.add(output);
        }
    }

    @Override
    public void display(MimeBundle bundle) {
        add("display_data", bundle, -1);
    }

    @Override
    public void updateDisplay(MimeBundle bundle) {
        synchronized (displays) {
            displays.update(bundle);
        }
    }

    @Override
    public void result(int executionCount, MimeBundle bundle) {
        add("execute_result", bundle, executionCount);
    }

    @Override
    public void error(CellError error) {
        synchronized (displays) {
            clearIfDue();
            JsonObject output = output("error");
            output.addProperty("ename", error.name());
            output.addProperty("evalue", error.message());
            var traceback = new JsonArray();
            error.traceback().forEach(traceback::add);
            output.add("traceback", traceback);
            outputs.add(output);
        }
    }

    @Override
    public void clear(boolean wait) {
        synchronized (displays) {
            isClearing = wait;
            if (!wait) {
                outputs.clear();
            }
        }
    }

    @Override
    public String input(String prompt, boolean isPassword) throws IOException {
        throw new IOException("A notebook that runs without a front end cannot ask for input");
    }

    private void add(String type, MimeBundle bundle, int executionCount) {
        synchronized (displays) {
            clearIfDue();
            JsonObject output = output(type);
            output.add("data", bundle.data().deepCopy());
            output.add("metadata", bundle.metadata().deepCopy());
            if (executionCount >= 0) {
                output.addProperty("execution_count", executionCount);
            }
            outputs.add(output);
            displays.remember(bundle, output);
        }
    }

    private void clearIfDue() {
        if (isClearing) {
            outputs.clear();
            isClearing = false;
        }
    }

    private static JsonObject output(String type) {
        var output = new JsonObject();
        output.addProperty("output_type", type);
        return output;
    }

    private static boolean isStream(JsonObject output) {
        return output.get("output_type").getAsString().equals("stream");
    }

    // A progress line that was drawn over and over is kept as it looked last.
    private static String withoutOverwritten(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        return OVERWRITTEN.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
