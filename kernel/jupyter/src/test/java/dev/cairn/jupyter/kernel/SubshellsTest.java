package dev.cairn.jupyter.kernel;

import static dev.cairn.jupyter.kernel.TestClient.text;
import static dev.cairn.jupyter.kernel.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subshells beside a main shell that is busy: a loop of a cell, from before each test to its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SubshellsTest {
    @TempDir
    static Path directory;

    private TestKernel kernel;
    private TestClient client;
    private Message busyCell;
    private String subshell;

    @BeforeAll
    void startKernel() throws IOException {
        kernel = new TestKernel(directory);
        client = kernel.client;
    }

    @AfterAll
    void stopKernel() {
        kernel.close();
    }

    @BeforeEach
    void keepTheMainShellBusy() {
        subshell = create();
        client.reply(client.shell, client.execute("int shared = 7;"));
        busyCell = client.execute("System.out.println(\"started\"); while (true) {}");
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, busyCell) && message.type().equals("stream"));
    }

    @AfterEach
    void freeTheMainShell() {
        interrupt();
        assertThat(client.reply(client.shell, busyCell).text("ename")).contains("Interrupted");
        client.published(busyCell);
        client.reply(
                client.control,
                client.request(client.control, "delete_subshell_request", "{\"subshell_id\": \"" + subshell + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complete_request {\"code\": \"sha\", \"cursor_pos\": 3}",
                "inspect_request {\"code\": \"Math.abs(1)\", \"cursor_pos\": 6, \"detail_level\": 0}",
                "is_complete_request {\"code\": \"for (;;) {\"}",
                "history_request {\"hist_access_type\": \"tail\", \"n\": 1}",
                "kernel_info_request {}",
                "comm_info_request {}",
            })
    void questionsAreAnswered(String question) {
        String[] words = question.split(" ", 2);

        Message reply = client.reply(client.shell, client.requestIn(subshell, words[0], words[1]));

        assertThat(reply.type()).isEqualTo(words[0].replace("_request", "_reply"));
    }

    @Test
    void cellsRunWithTheirOwnOutputAndNumber() {
        Message first =
                client.requestIn(subshell, "execute_request", "{\"code\": \"System.out.print(1); shared + 1\"}");
        List<Message> firstOutput = client.published(first);
        Message second = client.requestIn(subshell, "execute_request", "{\"code\": \"int mine = 2;\"}");

        int firstNumber = client.reply(client.shell, first).number("execution_count", -1);
        int secondNumber = client.reply(client.shell, second).number("execution_count", -1);

        assertThat(types(firstOutput)).containsExactly("execute_input", "stream", "execute_result");
        assertThat(text(firstOutput)).isEqualTo("1");
        assertThat(firstOutput
                        .get(2)
                        .content()
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("8");
        assertThat(secondNumber).isEqualTo(firstNumber + 1);
    }

    @Test
    void whatTheyDeclareTheMainShellKnowsAndTheOtherWayRound() {
        Message declaration = client.requestIn(
                subshell,
                "execute_request",
                "{\"code\": \"record Pair(int a, int b) {}\\nvar pair = new Pair(shared, 2);\"}");
        assertThat(client.reply(client.shell, declaration).text("status")).contains("ok");

        Message use = client.requestIn(
                subshell,
                "execute_request",
                "{\"code\": \"\", \"user_expressions\": {\"sum\": \"pair.a() + pair.b()\"}}");

        JsonObject sum =
                client.reply(client.shell, use).object("user_expressions").getAsJsonObject("sum");
        assertThat(sum.getAsJsonObject("data").get("text/plain").getAsString()).isEqualTo("9");
    }

    @Test
    void interruptStopsTheirCellsToo() {
        Message endless =
                client.requestIn(subshell, "execute_request", "{\"code\": \"System.out.println(1); while (true) {}\"}");
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, endless) && message.type().equals("stream"));

        interrupt();

        assertThat(client.reply(client.shell, endless).text("ename")).contains("Interrupted");
        // The main shell's was hit by the same interrupt: put another into its place.
        client.reply(client.shell, busyCell);
        busyCell = client.execute("while (true) {}");
        client.awaitPublished(message ->
                TestClient.isCausedBy(message, busyCell) && message.type().equals("execute_input"));
    }

    @Test
    void failureInOneAbortsNothingInTheOthers() {
        String other = create();
        Message failing = client.requestIn(
                subshell, "execute_request", "{\"code\": \"Thread.sleep(200); throw new RuntimeException();\"}");
        Message aborted = client.requestIn(subshell, "execute_request", "{\"code\": \"1\"}");
        Message untouched = client.requestIn(other, "execute_request", "{\"code\": \"Thread.sleep(300);\"}");
        Message untouchedToo = client.requestIn(other, "execute_request", "{\"code\": \"1\"}");

        assertThat(client.reply(client.shell, failing).text("status")).contains("error");
        assertThat(client.reply(client.shell, aborted).text("status")).contains("aborted");
        assertThat(client.reply(client.shell, untouched).text("status")).contains("ok");
        assertThat(client.reply(client.shell, untouchedToo).text("status")).contains("ok");
    }

    @Test
    void areListedUntilDeleted() {
        String second = create();
        assertThat(ids()).contains(subshell, second);

        Message deletion =
                client.request(client.control, "delete_subshell_request", "{\"subshell_id\": \"" + second + "\"}");
        assertThat(client.reply(client.control, deletion).text("status")).contains("ok");

        assertThat(ids()).contains(subshell).doesNotContain(second);
    }

    @Test
    void requestToOneThatIsNotThereFails() {
        Message request = client.requestIn("no-such", "execute_request", "{\"code\": \"1\"}");

        Message reply = client.reply(client.shell, request);

        assertThat(reply.text("status")).contains("error");
        assertThat(reply.text("evalue").orElseThrow()).contains("no-such");
        Message deletion = client.request(client.control, "delete_subshell_request", "{\"subshell_id\": \"no-such\"}");
        assertThat(client.reply(client.control, deletion).text("status")).contains("error");
    }

    private String create() {
        Message request = client.request(client.control, "create_subshell_request", "{}");
        return client.reply(client.control, request).text("subshell_id").orElseThrow();
    }

    private List<String> ids() {
        Message request = client.request(client.control, "list_subshell_request", "{}");
        return client.reply(client.control, request).content().getAsJsonArray("subshell_id").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private void interrupt() {
        client.reply(client.control, client.request(client.control, "interrupt_request", "{}"));
    }
}
