package dev.cairn.jupyter.kernel;

import static dev.cairn.jupyter.kernel.TestClient.text;
import static dev.cairn.jupyter.kernel.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class JupyterKernelTest {
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
    void kernelInfoTellsLanguageAndProtocol() {
        client.request(client.shell, "kernel_info_request", "{}");

        JsonObject content = client.receive(client.shell).content();

        assertThat(content.get("status").getAsString()).isEqualTo("ok");
        assertThat(content.get("protocol_version").getAsString()).isEqualTo("5.5");
        assertThat(content.getAsJsonObject("language_info").get("name").getAsString())
                .isEqualTo("java");
        assertThat(content.getAsJsonObject("language_info")
                        .get("codemirror_mode")
                        .getAsString())
                .isEqualTo("text/x-java");
    }

    @Test
    void loadedFileIsOfferedInPlaceOfTheCell() throws IOException {
        Files.writeString(directory.resolve("loaded.java"), "int loaded = 1;");

        client.published(client.execute("%load loaded.java"));
        JsonObject payload = client.receive(client.shell)
                .content()
                .getAsJsonArray("payload")
                .get(0)
                .getAsJsonObject();

        assertThat(payload.get("source").getAsString()).isEqualTo("set_next_input");
        assertThat(payload.get("text").getAsString()).isEqualTo("// %load loaded.java\nint loaded = 1;");
        assertThat(payload.get("replace").getAsBoolean()).isTrue();
    }

    @Test
    void cellGivesInputResultAndReply() {
        Message request = client.execute("System.out.println(\"hé\"); 6 * 7");

        List<Message> published = client.published(request);
        Message reply = client.receive(client.shell);

        assertThat(types(published)).containsExactly("execute_input", "stream", "execute_result");
        assertThat(published
                        .get(2)
                        .content()
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("42");
        assertThat(reply.text("status")).contains("ok");
        assertThat(reply.number("execution_count", -1))
                .isEqualTo(published.get(0).number("execution_count", -2));
    }

    @Test
    void messagesThatAreNoneOfTheSessionsAreIgnored() {
        client.send(client.shell, List.of("noise".getBytes(StandardCharsets.US_ASCII)));
        List<byte[]> forged = new ArrayList<>(client.codec.encode(
                client.codec.message("execute_request", List.of(), new JsonObject(), new JsonObject())));
        forged.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        client.send(client.shell, forged);
        List<byte[]> broken = new ArrayList<>(forged);
        broken.set(2, new byte[] {(byte) 0xff, '{'});
        client.send(client.shell, broken);
        client.request(client.shell, "no_such_request", "{}");
        client.request(client.control, "no_such_request", "{}");

        Message request = client.execute("1 + 1");

        assertThat(types(client.published(request))).contains("execute_result");
        assertThat(client.receive(client.shell).text("status")).contains("ok");
        assertThat(kernel.log()).contains("not signed").contains("no_such_request");
    }

    @Test
    void floodOfOutputArrivesWholeAndBeforeIdle() {
        Message request = client.execute("for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);");

        List<Message> published = client.published(request);
        client.receive(client.shell);

        assertThat(text(published).lines()).hasSize(100_000).last().isEqualTo("line 99999");
        assertThat(published).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(60_000);",
                "while (true) {}",
                "while (true) System.out.println(\"spam\");",
                "try { Thread.sleep(60_000); } catch (InterruptedException e) { while (true) {} }",
                "new ServerSocket(0).accept();",
                "new ProcessBuilder(\"sleep\", \"60\").start().getInputStream().read();",
                "var lock = new java.util.concurrent.locks.ReentrantLock(); Thread holder = new Thread(lock::lock); "
                        + "holder.start(); holder.join(); lock.lock();"
            })
    void interruptRequestEndsTheCell(String endless) {
        Message request = client.execute("System.out.println(\"started\");\n" + endless);
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, request) && message.type().equals("stream"));

        client.request(client.control, "interrupt_request", "{}");

        assertThat(client.receive(client.control).type()).isEqualTo("interrupt_reply");
        Message reply = client.receive(client.shell);
        assertThat(reply.text("status")).contains("error");
        assertThat(reply.text("ename")).contains("Interrupted");
        client.published(request);
    }

    @Test
    void interruptEndsAWaitForInput() {
        Message request = client.execute("System.in.read();");
        client.receive(client.stdin);

        client.request(client.control, "interrupt_request", "{}");

        client.receive(client.control);
        assertThat(client.receive(client.shell).text("ename")).contains("Interrupted");
        client.published(request);
    }

    @Test
    void stoppedLoopUsesNoProcessorAndLeavesTheState() {
        client.published(client.execute("int kept = 5; Thread[] looping = new Thread[1];"));
        client.receive(client.shell);
        Message request = client.execute("looping[0] = Thread.currentThread(); System.out.println(1); while (true) {}");
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, request) && message.type().equals("stream"));

        client.request(client.control, "interrupt_request", "{}");
        client.receive(client.control);
        client.receive(client.shell);
        client.published(request);

        Message question = client.execute("looping[0].join(30_000); kept + \" \" + looping[0].isAlive()");
        client.awaitPublished(message -> TestClient.isCausedBy(message, question)
                && message.type().equals("execute_result")
                && message.content()
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString()
                        .equals("5 false"));
        client.receive(client.shell);
        client.published(question);
    }

    @Test
    void controlAndHeartbeatAnswerWhileACellRuns() {
        Message request = client.execute("System.out.println(\"started\"); Thread.sleep(60_000);");
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, request) && message.type().equals("stream"));

        client.request(client.control, "kernel_info_request", "{}");
        assertThat(client.receive(client.control).type()).isEqualTo("kernel_info_reply");
        client.heartbeat.send("ping");
        assertThat(client.heartbeat.recvStr()).isEqualTo("ping");

        client.request(client.control, "interrupt_request", "{}");
        client.receive(client.control);
        client.receive(client.shell);
        client.published(request);
    }

    @Test
    void failureAbortsTheCellsThatWait() {
        client.execute("Thread.sleep(300); throw new RuntimeException(\"first\");");
        client.execute("int never = 1;");
        Message last = client.execute("int neverToo = 1;");

        assertThat(client.receive(client.shell).text("status")).contains("error");
        assertThat(client.receive(client.shell).text("status")).contains("aborted");
        assertThat(client.receive(client.shell).text("status")).contains("aborted");
        client.published(last);
    }

    @Test
    void failureAbortsNothingWhenAskedNotTo() {
        client.execute("Thread.sleep(300); throw new RuntimeException(\"first\");", "\"stop_on_error\": false");
        Message last = client.execute("int reached = 1;");

        assertThat(client.receive(client.shell).text("status")).contains("error");
        assertThat(client.receive(client.shell).text("status")).contains("ok");
        client.published(last);
    }

    @Test
    void silentCellPublishesNothing() {
        Message request = client.execute("System.out.println(1); 2", "\"silent\": true");

        assertThat(client.published(request)).isEmpty();
        assertThat(client.receive(client.shell).text("status")).contains("ok");
    }

    @Test
    void userExpressionsComeWithTheReply() {
        Message request =
                client.execute("int eleven = 11;", "\"user_expressions\": {\"a\": \"eleven * 2\", \"b\": \"nope\"}");

        JsonObject expressions = client.receive(client.shell).content().getAsJsonObject("user_expressions");
        client.published(request);

        assertThat(expressions
                        .getAsJsonObject("a")
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("22");
        assertThat(expressions.getAsJsonObject("b").get("status").getAsString()).isEqualTo("error");
    }

    @Test
    void displaysAreUpdatedUnderTheirId() {
        Message request = client.execute("display(\"one\").update(\"two\");");

        List<Message> published = client.published(request);
        client.receive(client.shell);

        assertThat(types(published)).containsExactly("execute_input", "display_data", "update_display_data");
        assertThat(displayId(published.get(2))).isEqualTo(displayId(published.get(1)));
    }

    @Test
    void inputIsRequestedFromTheFrontEnd() {
        Message request = client.execute("readLine(\"name? \")", "\"allow_stdin\": true");

        Message question = client.receive(client.stdin);
        assertThat(question.text("prompt")).contains("name? ");
        client.request(client.stdin, "input_reply", "{\"value\": \"Žofie\"}");

        List<Message> published = client.published(request);
        client.receive(client.shell);
        assertThat(published
                        .get(1)
                        .content()
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("Žofie");
    }

    @Test
    void completionCountsCodePoints() {
        client.request(client.shell, "complete_request", "{\"code\": \"\\\"😀\\\".toUpp\", \"cursor_pos\": 9}");

        JsonObject content = client.receive(client.shell).content();

        assertThat(content.getAsJsonArray("matches").get(0).getAsString()).isEqualTo("toUpperCase(");
        assertThat(content.get("cursor_start").getAsInt()).isEqualTo(4);
        assertThat(content.get("cursor_end").getAsInt()).isEqualTo(9);
    }

    @Test
    void completenessInspectionHistoryAndCommsAreAnswered() {
        client.request(client.shell, "is_complete_request", "{\"code\": \"for (;;) {\"}");
        JsonObject completeness = client.receive(client.shell).content();
        assertThat(completeness.get("status").getAsString()).isEqualTo("incomplete");
        assertThat(completeness.get("indent").getAsString()).isEqualTo("    ");

        client.request(
                client.shell, "inspect_request", "{\"code\": \"Math.abs(1)\", \"cursor_pos\": 6, \"detail_level\": 0}");
        assertThat(client.receive(client.shell).flag("found", false)).isTrue();

        Message cell = client.execute("int remembered = 1;");
        client.published(cell);
        client.receive(client.shell);
        client.request(
                client.shell,
                "history_request",
                "{\"hist_access_type\": \"tail\", \"n\": 1, \"output\": false, \"raw\": true}");
        JsonArray history = client.receive(client.shell).content().getAsJsonArray("history");
        assertThat(history.get(0).getAsJsonArray().get(2).getAsString()).isEqualTo("int remembered = 1;");

        client.request(client.shell, "comm_info_request", "{}");
        assertThat(client.receive(client.shell).content().has("comms")).isTrue();
        Message open = client.request(
                client.shell, "comm_open", "{\"comm_id\": \"c1\", \"target_name\": \"t\", \"data\": {}}");
        assertThat(types(client.published(open))).containsExactly("comm_close");
    }

    @Test
    void shutdownIsAnsweredAndEndsTheKernel() throws IOException, InterruptedException {
        try (var second = new TestKernel(directory)) {
            second.client.request(second.client.control, "shutdown_request", "{\"restart\": true}");

            assertThat(second.client.receive(second.client.control).flag("restart", false))
                    .isTrue();
            second.kernel.awaitShutdown();
        }
    }

    private static String displayId(Message message) {
        return message.content().getAsJsonObject("transient").get("display_id").getAsString();
    }
}
