package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionProgramTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void endsTheOutputOfEachCommandWithItsStatusAndSeconds() throws InterruptedException {
        Program commands = (words, invocation) -> {
            invocation.out().println("ran " + words);
            nanos.addAndGet(1_500_000_000);
            return words.contains("bad") ? 7 : 0;
        };
        CapturedInvocation captured = CapturedInvocation.reading("exp 'run it'\nbad\n");

        int status = session(commands).run(List.of(), captured.invocation());

        assertThat(status).isZero();
        assertThat(captured.out()).isEqualTo("ran [exp, run it]\ndone 0 1.500000\nran [bad]\ndone 7 1.500000\n");
    }

    @Test
    void anEmptyLineRunsNothing() throws InterruptedException {
        Program commands = (words, invocation) -> {
            throw new AssertionError("ran " + words);
        };
        CapturedInvocation captured = CapturedInvocation.reading("\n");

        session(commands).run(List.of(), captured.invocation());

        assertThat(captured.out()).isEqualTo("done 0 0.000000\n");
    }

    private SessionProgram session(Program commands) {
        return new SessionProgram(commands, nanos::get);
    }
}
