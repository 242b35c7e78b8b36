package dev.cairn.jupyter.kernel;

import static dev.cairn.jupyter.kernel.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cairn.jupyter.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CommsTest {
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

    @Test
    void messagesGoBothWaysWithMetadataAndBuffers() {
        assertThat(client.published(open("c1", "echo"))).isEmpty();
        JsonObject content = JsonParser.parseString("{\"comm_id\": \"c1\", \"data\": {\"x\": [1, 2]}}")
                .getAsJsonObject();
        var metadata = new JsonObject();
        metadata.addProperty("version", 2);
        List<byte[]> buffers = List.of(new byte[] {0, -1, 7}, new byte[0]);

        Message sent = client.codec
                .message("comm_msg", List.of(), new JsonObject(), content)
                .with(metadata, buffers);
        client.send(client.shell, client.codec.encode(sent));
        List<Message> published = client.published(sent);

        assertThat(types(published)).containsExactly("display_data", "comm_msg");
        Message echo = published.get(1);
        assertThat(echo.content()).isEqualTo(content);
        assertThat(echo.metadata()).isEqualTo(metadata);
        assertThat(echo.buffers()).containsExactlyElementsOf(buffers);
    }

    @Test
    void openOnesAreListedByTargetUntilClosed() {
        client.published(open("c2", "echo"));
        assertThat(info("{}").has("c2")).isTrue();
        assertThat(info("{\"target_name\": \"echo\"}")
                        .getAsJsonObject("c2")
                        .get("target_name")
                        .getAsString())
                .isEqualTo("echo");
        assertThat(info("{\"target_name\": \"other\"}").size()).isZero();

        Message close = client.request(client.shell, "comm_close", "{\"comm_id\": \"c2\", \"data\": {}}");

        assertThat(types(client.published(close))).containsExactly("display_data");
        assertThat(info("{}").has("c2")).isFalse();
        Message late = client.request(client.shell, "comm_msg", "{\"comm_id\": \"c2\", \"data\": {}}");
        assertThat(client.published(late)).isEmpty();
    }

    @Test
    void unknownTargetIsClosed() {
        List<Message> published = client.published(open("c3", "nobody"));

        assertThat(types(published)).containsExactly("comm_close");
        assertThat(published.get(0).text("comm_id")).contains("c3");
    }

    @Test
    void targetThatFailsIsClosedAndToldOf() {
        List<Message> published = client.published(open("c4", "broken"));

        assertThat(types(published)).containsExactlyInAnyOrder("comm_close", "error");
        assertThat(info("{}").has("c4")).isFalse();
    }

    @Test
    void kernelOpensThemAlongWithTheOutputOfACell() {
        Message request = client.execute("System.out.println(1);\n%open widget\nSystem.out.println(2);");

        List<Message> published = client.published(request);
        client.receive(client.shell);

        assertThat(types(published)).containsExactly("execute_input", "stream", "comm_open", "stream");
        assertThat(published.get(2).text("target_name")).contains("widget");
    }

    private Message open(String id, String target) {
        return client.request(
                client.shell,
                "comm_open",
                "{\"comm_id\": \"" + id + "\", \"target_name\": \"" + target + "\", \"data\": {}}");
    }

    private JsonObject info(String content) {
        client.request(client.shell, "comm_info_request", content);
        return client.receive(client.shell).object("comms");
    }
}
