package dev.cairn.jupyter.session;

import com.google.gson.JsonObject;

/** What front ends and notebook files are told about the language. */
public final class LanguageInfo {
    private LanguageInfo() {}

    /** As in {@code kernel_info_reply} and in a notebook's metadata. */
    public static JsonObject json() {
        var language = new JsonObject();
        language.addProperty("codemirror_mode", "text/x-java");
        language.addProperty("file_extension", ".jshell");
        language.addProperty("mimetype", "text/x-java");
        language.addProperty("name", "java");
        language.addProperty("nbconvert_exporter", "script");
        language.addProperty("pygments_lexer", "java");
        language.addProperty("version", String.valueOf(Runtime.version().feature()));
        return language;
    }
}
