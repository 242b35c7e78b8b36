package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ConcurrentCellsTest {
    private TestEvaluator cells;

    @BeforeAll
    void start() {
        cells = new TestEvaluator();
    }

    @BeforeEach
    void reset() {
        Probe.reset();
    }

    @AfterEach
    void stopWhatRuns() {
        cells.threads.interrupt();
    }

    @AfterAll
    void end() {
        cells.close();
    }

    @Test
    void cellsCompletionAndInspectionAnswerWhileABusyCellRuns() throws InterruptedException {
        cells.run("var words = new ArrayList<String>();");
        CompletableFuture<?> busy = busyCell();

        assertThat(cells.run("int beside = 20; words.add(\"x\"); beside + words.size()"))
                .isEqualTo(21);
        assertThat(cells.evaluator.assist().complete("words.isEm", 10).matches())
                .contains("isEmpty()");
        assertThat(cells.evaluator.assist().document("Math.max(1, 2)", 7)).isNotEmpty();
        assertThat(cells.evaluator.variables()).containsKeys("words", "beside");
        assertThat(busy).isNotDone();
    }

    @Test
    void interruptStopsEveryCellThatRuns() throws InterruptedException {
        CompletableFuture<?> busy = busyCell();
        Probe.begun = new java.util.concurrent.CountDownLatch(1);
        CompletableFuture<?> sleeping = cells.start("begin(); Thread.sleep(100_000);");
        Probe.begun.await();
        cells.run("1 + 1");

        cells.threads.interrupt();

        assertThat(TestEvaluator.failure(busy)).isInstanceOf(CellInterruptedException.class);
        assertThat(TestEvaluator.failure(sleeping)).isNotNull();
        assertThat(cells.run("1 + 1")).isEqualTo(2);
    }

    @Test
    void cellBegunAfterAnInterruptRunsWhileTheInterruptedOneStillEnds() throws InterruptedException {
        CompletableFuture<?> busy = busyCell();

        cells.threads.interrupt();

        assertThat(cells.run("int after = 3; after * 2")).isEqualTo(6);
        assertThat(TestEvaluator.failure(busy)).isInstanceOf(CellInterruptedException.class);
    }

    @Test
    void valuesOfCellsBesideEachOtherAreNotMixedUp() {
        CompletableFuture<?>[] results = new CompletableFuture<?>[4];
        for (int i = 0; i < results.length; i++) {
            results[i] = cells.start("int own" + i + " = " + i + "; Thread.sleep(20); own" + i + " * 10");
        }

        for (int i = 0; i < results.length; i++) {
            assertThat(results[i].join()).isEqualTo(i * 10);
        }
    }

    private CompletableFuture<?> busyCell() throws InterruptedException {
        CompletableFuture<?> busy = cells.start("begin(); while (true) dev.cairn.jupyter.eval.Probe.counter++;");
        Probe.begun.await();
        return busy;
    }
}
