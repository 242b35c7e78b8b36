package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.CommEvent;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import dev.cairn.jupyter.protocol.Message;
import java.io.IOException;

/** Publishes the output of one cell, under the request that ran it. */
final class PublishingSink implements OutputSink {
    private final Message request;
    private final Publisher publisher;
    private final InputRequests inputs;

    PublishingSink(Message request, Publisher publisher, InputRequests inputs) {
        this.request = request;
        this.publisher = publisher;
        this.inputs = inputs;
    }

    @Override
    public void begun(int executionCount) {
        var content = new JsonObject();
        content.addProperty("code", request.text("code").orElse(""));
        content.addProperty("execution_count", executionCount);
        publisher.publish("execute_input", request.header(), content);
    }

    @Override
    public void stream(StreamName name, String text) {
        var content = new JsonObject();
        content.addProperty("name", name.protocolName());
        content.addProperty("text", text);
        publisher.publishBulk("stream", request.header(), content, text.length());
    }

    @Override
    public void display(MimeBundle bundle) {
        publisher.publishBulk("display_data", request.header(), Publisher.displayContent(bundle), size(bundle));
    }

    @Override
    public void updateDisplay(MimeBundle bundle) {
        publisher.publishBulk("update_display_data", request.header(), Publisher.displayContent(bundle), size(bundle));
    }

    @Override
    public void result(int executionCount, MimeBundle bundle) {
        JsonObject content = Publisher.displayContent(bundle);
        content.addProperty("execution_count", executionCount);
        publisher.publish("execute_result", request.header(), content);
    }

    @Override
    public void error(CellError error) {
        publisher.publish("error", request.header(), errorContent(error));
    }

    @Override
    public void clear(boolean wait) {
        var content = new JsonObject();
        content.addProperty("wait", wait);
        publisher.publishBulk("clear_output", request.header(), content, 0);
    }

    @Override
    public void comm(CommEvent event) {
        publisher.publishComm(CommMessages.type(event), request.header(), CommMessages.content(event), event.message());
    }

    @Override
    public String input(String prompt, boolean isPassword) throws IOException, InterruptedException {
        return inputs.ask(request, prompt, isPassword);
    }

    private static int size(MimeBundle bundle) {
        return bundle.data().entrySet().stream()
                .mapToInt(entry -> entry.getValue().isJsonPrimitive()
                        ? entry.getValue().getAsString().length()
                        : 1000)
                .sum();
    }

    static JsonObject errorContent(CellError error) {
        var content = new JsonObject();
        content.addProperty("ename", error.name());
        content.addProperty("evalue", error.message());
        var traceback = new JsonArray();
        error.traceback().forEach(traceback::add);
        content.add("traceback", traceback);
        return content;
    }
}
