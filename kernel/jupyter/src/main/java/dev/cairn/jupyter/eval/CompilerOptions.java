package dev.cairn.jupyter.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options cells are compiled with: {@code CAIRN_COMPILER_OPTIONS} has javac's own, and {@code CAIRN_JAVA_PREVIEW=1} turns on
 * preview features, as {@code --enable-preview} among the options of the virtual machine does, which it needs as well.
 */
final class CompilerOptions {
    private CompilerOptions() {}

    static List<String> of(Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-Xlint:none"));
        String own = environment.getOrDefault("CAIRN_COMPILER_OPTIONS", "").strip();
        if (!own.isEmpty()) {
            options.addAll(List.of(own.split("\\s+")));
        }
        boolean isPreview = environment.getOrDefault("CAIRN_JAVA_PREVIEW", "").matches("1|true|yes")
                || environment.getOrDefault("JDK_JAVA_OPTIONS", "").contains("--enable-preview");
        if (isPreview && !options.contains("--enable-preview")) {
            options.addAll(List.of(
                    "--enable-preview",
                    "-source",
                    String.valueOf(Runtime.version().feature())));
        }
        return options;
    }
}
