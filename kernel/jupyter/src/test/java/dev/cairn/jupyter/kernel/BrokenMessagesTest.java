package dev.cairn.jupyter.kernel;

import static dev.cairn.jupyter.kernel.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.ZMQ;

/** Whatever comes in on a socket, the kernel answers what comes after. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BrokenMessagesTest {
    @TempDir
    static Path directory;

    private TestKernel kernel;
    private TestClient client;

    @BeforeAll
    void startKernel() throws IOException {
        kernel = new TestKernel(directory);
        client = kernel.client;
    }

    @AfterAll
    void stopKernel() {
        kernel.close();
    }

    @AfterEach
    void everyChannelIsAlive() {
        Message cell = client.execute("1 + 1");
        assertThat(client.reply(client.shell, cell).text("status")).contains("ok");
        Message question = client.request(client.control, "kernel_info_request", "{}");
        assertThat(client.reply(client.control, question).text("status")).contains("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise", "<IDS|MSG>", "<IDS|MSG>|a|b|c|d|e", "<IDS|MSG>||{|}||x", "||||||||"})
    void framesThatAreNoMessage(String frames) {
        List<byte[]> parts = new ArrayList<>();
        for (String frame : frames.split("\\|(?!MSG)", -1)) {
            parts.add(frame.getBytes(StandardCharsets.UTF_8));
        }

        for (ZMQ.Socket socket : List.of(client.shell, client.control, client.stdin)) {
            client.send(socket, parts);
        }
    }

    @Test
    void jsonTooDeepToRead() {
        Message message = client.codec.message("execute_request", List.of(), new JsonObject(), new JsonObject());
        List<byte[]> frames = new ArrayList<>(client.codec.encode(message));
        frames.set(5, ("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8));

        client.send(client.shell, frames);
        client.send(client.control, frames);
    }

    @Test
    void messageThatComesAgainIsNotServedAgain() {
        client.published(client.execute("class Replayed { static int count; }"));
        var content = new JsonObject();
        content.addProperty("code", "Replayed.count++;");
        Message once = client.codec.message("execute_request", List.of(), new JsonObject(), content);
        List<byte[]> frames = client.codec.encode(once);

        client.send(client.shell, frames);
        client.send(client.shell, frames);
        Message after = client.execute("", "\"user_expressions\": {\"count\": \"Replayed.count\"}");

        JsonObject count =
                client.reply(client.shell, after).object("user_expressions").getAsJsonObject("count");
        assertThat(count.getAsJsonObject("data").get("text/plain").getAsString())
                .isEqualTo("1");
        assertThat(kernel.log()).contains("second time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\": 5, \"cursor_pos\": \"x\", \"n\": \"y\", \"user_expressions\": {\"a\": []}}",
                "{\"code\": \"x\", \"cursor_pos\": 1e300, \"comm_id\": [], \"data\": 5}",
                "{\"code\": \"x\", \"cursor_pos\": -7, \"pattern\": {}, \"hist_access_type\": \"none\"}",
            })
    void contentsThatMakeNoSense(String content) {
        for (String type : List.of(
                "execute_request",
                "complete_request",
                "inspect_request",
                "is_complete_request",
                "history_request",
                "comm_open",
                "comm_msg",
                "comm_close",
                "comm_info_request",
                "no_such_request")) {
            Message request = client.request(client.shell, type, content);
            client.published(request);
        }
        for (String type : List.of("delete_subshell_request", "history_request", "input_reply", "debug_request")) {
            client.published(client.request(client.control, type, content));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new StackOverflowError();",
                "throw new OutOfMemoryError();",
                "throw new ThreadDeath();",
                "new Object() { public String toString() { throw new LinkageError(); } }"
            })
    void errorsOfEveryKind(String code) {
        Message request = client.execute(code);

        List<Message> published = client.published(request);

        assertThat(types(published)).contains("error");
        assertThat(client.reply(client.shell, request).text("status")).contains("error");
    }

    @Test
    void messagesOfTwentyMegabytes() {
        Message cell = client.execute("/*" + "x".repeat(20 << 20) + "*/ \"y\".repeat(20 << 20).length()");

        assertThat(types(client.published(cell))).contains("execute_result");
    }
}
