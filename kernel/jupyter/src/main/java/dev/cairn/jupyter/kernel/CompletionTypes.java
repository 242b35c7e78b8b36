package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.eval.CodeAssist.Completion;
import javax.lang.model.SourceVersion;

/** What front ends show beside each completion: its type as the evaluator knows it, or else as far as its text tells. */
final class CompletionTypes {
    private CompletionTypes() {}

    /** The metadata of a reply, as IPython introduced it; positions in code points. */
    static JsonObject metadata(Completion completion, int start, int end) {
        var types = new JsonArray();
        for (String match : completion.matches()) {
            var entry = new JsonObject();
            entry.addProperty("text", match);
            entry.addProperty("type", completion.kinds().getOrDefault(match, type(match)));
            entry.addProperty("start", start);
            entry.addProperty("end", end);
            types.add(entry);
        }
        var metadata = new JsonObject();
        metadata.add("_jupyter_types_experimental", types);
        return metadata;
    }

    private static String type(String match) {
        if (match.startsWith("%")) {
            return "magic";
        }
        if (match.contains("/")) {
            return "path";
        }
        if (match.endsWith("(") || match.endsWith("()")) {
            return Character.isUpperCase(match.charAt(0)) ? "class" : "function";
        }
        if (SourceVersion.isKeyword(match.strip())) {
            return "keyword";
        }
        boolean isTypeName = !match.isEmpty()
                && Character.isUpperCase(match.charAt(0))
                && match.chars().anyMatch(Character::isLowerCase);
        return isTypeName ? "class" : "instance";
    }
}
