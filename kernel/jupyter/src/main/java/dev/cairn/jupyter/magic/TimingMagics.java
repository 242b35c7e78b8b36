package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code %time}, {@code %%time}, {@code %timeit} and {@code %%timeit}. */
final class TimingMagics implements KernelExtension {
    private static final int RUNS = 7;
    private static final Pattern OPTION = Pattern.compile("-([nr])\\s*(\\d{1,9})(?:\\s+|$)");
    private static final String TIME =
            """
            %time CODE
            %%time
            Runs code once and says how long it took: on the clock, and of the processor on all threads. Gives the code's value.
            """;
    private static final String TIMEIT =
            """
            %timeit [-n LOOPS] [-r RUNS] CODE
            %%timeit [-n LOOPS] [-r RUNS] [SETUP]
            Runs code over and over and says how long one loop takes: mean, standard deviation and best of 7 runs. How often it
            runs is found out when -n does not tell. SETUP runs before each run and is not timed.
            The result can be kept: 'var t = %timeit work()' gives t.mean(), t.best() and t.deviation() in nanoseconds.
            """;

    // The body begins on the second line, as it does in a cell below %%timeit.
    private static final String LOOP =
            """
            dev.cairn.jupyter.magic.Timeit.measure(%dL, %d, (loops$, kept$) -> { %s; \
            long start$ = System.nanoTime(); for (long loop$ = 0; loop$ < loops$; loop$++) {
            %s }
            return System.nanoTime() - start$; })""";

    @Override
    public void install(KernelContext kernel) {
        kernel.registerLineMagic("time", Documented.code(TIME, call -> time(call, call.arguments())));
        kernel.registerCellMagic("time", Documented.cell(TIME, Documented.Completer.of(), TimingMagics::time));
        kernel.registerLineMagic("timeit", Documented.code(TIMEIT, call -> timeit(call, "")));
        kernel.registerCellMagic(
                "timeit", Documented.cell(TIMEIT, Documented.Completer.of("-n", "-r"), TimingMagics::timeit));
    }

    private static @Nullable Object time(MagicCall call, String code) throws Exception {
        long processorStart = processorNanos();
        long start = System.nanoTime();
        try {
            return call.kernel().runCell(code);
        } finally {
            var nanos = (double) (System.nanoTime() - start);
            call.output()
                    .out()
                    .println("Time: " + Durations.text(nanos) + " (processor: "
                            + Durations.text((double) (processorNanos() - processorStart)) + ")");
        }
    }

    private static long processorNanos() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean machine ? machine.getProcessCpuTime() : 0;
    }

    private static @Nullable Object timeit(MagicCall call, String body) throws Exception {
        long loops = 0;
        int runs = RUNS;
        String rest = call.arguments();
        for (Matcher option = OPTION.matcher(rest); option.lookingAt(); option = OPTION.matcher(rest)) {
            int number = Integer.parseInt(option.group(2));
            loops = option.group(1).equals("n") ? number : loops;
            runs = option.group(1).equals("r") ? Math.max(1, number) : runs;
            rest = rest.substring(option.end());
        }
        boolean isCell = !body.isBlank();
        String code = isCell ? body : rest;
        if (code.isBlank()) {
            throw new MagicException(
                    "UsageError", "There is no code to time.", "Write %timeit CODE, or %%timeit above it.");
        }
        return measure(call.kernel(), loops, runs, isCell ? rest : "", code);
    }

    private static @Nullable Object measure(KernelContext kernel, long loops, int runs, String setup, String code)
            throws EvaluationException, InterruptedException {
        String expression = code.strip().replaceFirst(";$", "");
        try {
            return kernel.evaluate(loop(loops, runs, setup, "kept$.keep(" + expression + "\n);"));
        } catch (EvaluationException e) {
            if (didCompile(e)) {
                throw e;
            }
        }
        try {
            return kernel.evaluate(loop(loops, runs, setup, code.strip() + "\n;"));
        } catch (EvaluationException e) {
            if (didCompile(e)) {
                throw e;
            }
        }
        // Tells what is wrong with the code in terms of the cell.
        kernel.runCell(setup.isBlank() ? code : setup + ";\n" + code);
        throw new MagicException(
                "NotTimeable",
                "This code runs, but cannot be put into a loop.",
                "Declare methods, types and imports in a cell before, and time a call.");
    }

    private static String loop(long loops, int runs, String setup, String statements) {
        return LOOP.formatted(loops, runs, setup, statements);
    }

    private static boolean didCompile(EvaluationException e) {
        return e.getCause() != null && e.getCause().getCause() != null;
    }
}
