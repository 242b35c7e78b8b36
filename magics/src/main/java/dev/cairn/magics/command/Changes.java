package dev.cairn.magics.command;

import dev.cairn.engine.data.CheckoutReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a checkout did, in DVC's words. */
final class Changes {
    private Changes() {}

    static String list(CheckoutReport report) {
        return lines("M", report.modified()) + lines("A", report.added()) + lines("D", report.deleted());
    }

    private static String lines(String letter, List<String> paths) {
        return paths.stream().map(path -> letter + "       " + path + "\n").collect(Collectors.joining());
    }

    static String summary(CheckoutReport report) {
        List<String> parts = new ArrayList<>();
        count(parts, report.added().size(), "added");
        count(parts, report.deleted().size(), "deleted");
        count(parts, report.missing().size(), "failed");
        count(parts, report.modified().size(), "modified");
        return parts.isEmpty() ? "No changes.\n" : joined(parts) + "\n";
    }

    /** Such as {@code 2 files added}; kinds of change that did not occur are left out. */
    static List<String> counts(CheckoutReport report) {
        List<String> parts = new ArrayList<>();
        count(parts, report.added().size(), "added");
        count(parts, report.deleted().size(), "deleted");
        count(parts, report.modified().size(), "modified");
        return parts;
    }

    static void warnOfUnknown(CommandContext context, CheckoutReport report) {
        context.warn(report.unknown().stream()
                .map("No file hash info found for '%s'. It won't be created."::formatted)
                .toList());
    }

    static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + (count == 1 ? " file " : " files ") + what);
        }
    }

    static String joined(List<String> parts) {
        int last = parts.size() - 1;
        return last <= 0
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    static CommandFailure missing(CheckoutReport report, int exitCode) {
        return new CommandFailure(
                exitCode,
                "Checkout failed for following targets:\n" + String.join("\n", report.missing())
                        + "\nIs your cache up to date?\n<https://error.dvc.org/missing-files>",
                "`pull` fetches them from a remote that has them.");
    }
}
