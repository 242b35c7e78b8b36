package dev.cairn.jupyter.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.protocol.MessageCodec;
import dev.cairn.jupyter.session.LanguageInfo;

/** What the kernel says about itself; known before anything is started. */
final class KernelInfo {
    private KernelInfo() {}

    static JsonObject content() {
        var links = new JsonArray();
        int feature = Runtime.version().feature();
        links.add(link("Java " + feature + " API", "https://docs.oracle.com/en/java/javase/" + feature + "/docs/api/"));
        links.add(link("JShell", "https://docs.oracle.com/en/java/javase/" + feature + "/jshell/"));

        var features = new JsonArray();
        features.add("kernel subshells");

        var content = new JsonObject();
        content.addProperty("status", "ok");
        content.addProperty("protocol_version", MessageCodec.VERSION);
        content.addProperty("implementation", "cairn-java");
        content.addProperty("implementation_version", version());
        content.add("language_info", LanguageInfo.json());
        content.addProperty("banner", "Java " + Runtime.version() + " (Cairn " + version() + ")");
        content.addProperty("debugger", false);
        content.add("supported_features", features);
        content.add("help_links", links);
        return content;
    }

    private static String version() {
        String version = KernelInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static JsonObject link(String text, String url) {
        var link = new JsonObject();
        link.addProperty("text", text);
        link.addProperty("url", url);
        return link;
    }
}
