package dev.cairn.install;

import dev.cairn.jupyter.eval.ShellMemory;
import java.util.ArrayList;
import java.util.List;

/** The options that the kernel's JVM is started with; {@code bin/cairn kernel start} has the same. */
final class KernelJvm {
    private static final int WARNS_OF_NATIVE_ACCESS = 22;

    private KernelJvm() {}

    /** Those for this Java. */
    static List<String> options(JavaRuntime java) {
        List<String> options = new ArrayList<>();
        // Measured: the serial collector starts quickest and takes least memory on a machine of few cores.
        options.add("-XX:+UseSerialGC");
        options.add("-Djava.awt.headless=true");
        // The JVM's own limit, a quarter, wastes a workstation; all of it would let one notebook have the machine kill
        // another.
        options.add("-XX:MaxRAMPercentage=50");
        // The heap grows when it has to; begun with the JVM's own 1/64 of the machine, garbage fills it before any is
        // collected.
        options.add("-Xms64m");
        options.add(ShellMemory.OPTION);
        if (java.feature() >= WARNS_OF_NATIVE_ACCESS) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        return options;
    }
}
