package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What Tab offers in a line of the shell: programs where a command begins, files elsewhere. */
final class ShellCompletion {
    /** What parts a word from the one before it. */
    private static final String SEPARATORS = " \t|&;<>()=";

    private static final String COMMAND_ENDS = "|&;(";

    private final KernelContext kernel;

    ShellCompletion(KernelContext kernel) {
        this.kernel = kernel;
    }

    /** Completes the end of the line; offsets are those in it. */
    MagicRunner.Completed complete(String line) {
        int start = line.length();
        while (start > 0 && SEPARATORS.indexOf(line.charAt(start - 1)) < 0) {
            start--;
        }
        return new MagicRunner.Completed(words(line, line.substring(start)), start);
    }

    /** The words that could stand in place of the request's, which is one of a whole shell line. */
    List<String> words(CompletionRequest request) {
        return words(request.line().substring(0, request.cursor()), request.word());
    }

    private List<String> words(String line, String word) {
        String before = line.substring(0, line.length() - word.length()).stripTrailing();
        boolean isCommand = before.isEmpty() || COMMAND_ENDS.indexOf(before.charAt(before.length() - 1)) >= 0;
        if (isCommand && !word.isEmpty() && !word.contains("/") && !word.startsWith("~")) {
            return programs(word);
        }
        return FileNames.completer(kernel, Files::isRegularFile).apply(new CompletionRequest(word, word.length()));
    }

    private List<String> programs(String start) {
        String path = kernel.environment().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .map(kernel.workingDirectory()::resolve)
                .filter(Files::isDirectory)
                .flatMap(folder -> programs(folder, start).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> programs(Path folder, String start) {
        List<String> names = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, file -> isProgram(file, start))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (IOException e) {
            // As in a shell, a folder of the path that cannot be read has nothing to offer.
            return List.of();
        }
    }

    private static boolean isProgram(Path file, String start) {
        return file.getFileName().toString().startsWith(start) && Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
