package dev.cairn.jupyter.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes messages, writes them as frames and reads them back, with their signature. Safe for use from several threads. */
public final class MessageCodec {
    /** The version of the protocol that is spoken. */
    public static final String VERSION = "5.5";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .serializeSpecialFloatingPointValues()
            .create();

    private final String session = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final SignatureHistory received = new SignatureHistory();
    private final Clock clock;
    private final @Nullable Mac mac;

    /** Makes the codec of a connection; an empty key means messages without signature. */
    public MessageCodec(String signatureScheme, String key, Clock clock) {
        this.clock = clock;
        mac = key.isEmpty() ? null : mac(signatureScheme, key);
    }

    /** Makes a message of ours. */
    public Message message(String type, List<byte[]> identities, JsonObject parent, JsonObject content) {
        var header = new JsonObject();
        header.addProperty("msg_id", session + "_" + count.incrementAndGet());
        header.addProperty("session", session);
        header.addProperty("username", "kernel");
        header.addProperty(
                "date", clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        header.addProperty("msg_type", type);
        header.addProperty("version", VERSION);
        return new Message(identities, header, parent, new JsonObject(), content, List.of());
    }

    /** The message as frames. */
    public List<byte[]> encode(Message message) {
        byte[] header = json(message.header());
        byte[] parent = json(message.parent());
        byte[] metadata = json(message.metadata());
        byte[] content = json(message.content());
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(signature(List.of(header, parent, metadata, content)).getBytes(StandardCharsets.US_ASCII));
        frames.addAll(List.of(header, parent, metadata, content));
        frames.addAll(message.buffers());
        return frames;
    }

    /**
     * Reads frames.
     *
     * @throws MalformedMessageException when they are no message, or not signed with the key
     */
    public Message decode(List<byte[]> frames) throws MalformedMessageException {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        if (frames.size() < delimiter + 6) {
            throw new MalformedMessageException("A message of " + frames.size() + " frames is not complete");
        }
        List<byte[]> parts = frames.subList(delimiter + 2, delimiter + 6);
        checkSignature(frames.get(delimiter + 1), parts);
        return new Message(
                frames.subList(0, delimiter),
                object(parts.get(0)),
                object(parts.get(1)),
                object(parts.get(2)),
                object(parts.get(3)),
                frames.subList(delimiter + 6, frames.size()));
    }

    private void checkSignature(byte[] given, List<byte[]> parts) throws MalformedMessageException {
        if (mac == null) {
            return;
        }
        String expected = signature(parts);
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given)) {
            throw new MalformedMessageException("A message is not signed with this session's key");
        }
        if (!received.add(expected)) {
            throw new MalformedMessageException("A message came a second time");
        }
    }

    private String signature(List<byte[]> parts) {
        Mac signer = mac;
        if (signer == null) {
            return "";
        }
        synchronized (signer) {
            parts.forEach(signer::update);
            return HexFormat.of().formatHex(signer.doFinal());
        }
    }

    private static byte[] json(JsonObject object) {
        return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject object(byte[] bytes) throws MalformedMessageException {
        try {
            JsonElement element = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
            if (element instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw new MalformedMessageException("A message is not written in JSON", e);
        }
        throw new MalformedMessageException("A part of a message is no JSON object");
    }

    private static Mac mac(String scheme, String key) {
        // "hmac-sha256" is HmacSHA256 to Java.
        String algorithm = "Hmac" + scheme.replaceFirst("^hmac-", "").toUpperCase(Locale.ROOT);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalArgumentException("The signature scheme '" + scheme + "' is not supported", e);
        }
    }
}
