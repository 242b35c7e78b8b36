package dev.cairn.install;

import java.util.List;

/** The options that the kernel's JVM is started with. */
final class KernelJvm {
    /** Measured: the serial collector starts quickest and takes least memory on a machine of few cores. */
    static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true");

    private KernelJvm() {}
}
