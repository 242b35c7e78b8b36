package dev.cairn.jupyter.protocol;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a front end expects the kernel, and the key messages are signed with.
 *
 * @param transport always {@code tcp}
 * @param key the shared key; empty when messages are not signed
 */
public record ConnectionFile(
        String transport,
        String ip,
        int shellPort,
        int controlPort,
        int stdinPort,
        int heartbeatPort,
        int iopubPort,
        String signatureScheme,
        String key) {
    private static final int PORTS = 5;

    /**
     * One for this machine alone, on ports that are free now.
     *
     * @throws IOException when there are none
     */
    public static ConnectionFile onFreePorts(String key) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            for (int i = 0; i < PORTS; i++) {
                sockets.add(new ServerSocket(0, 1, loopback));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new ConnectionFile(
                    "tcp",
                    loopback.getHostAddress(),
                    ports.get(0),
                    ports.get(1),
                    ports.get(2),
                    ports.get(3),
                    ports.get(4),
                    "hmac-sha256",
                    key);
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read, or is no connection file of a kind the kernel can serve
     */
    public static ConnectionFile read(Path file) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            var connection = new ConnectionFile(
                    text(json, "transport", "tcp"),
                    text(json, "ip", "127.0.0.1"),
                    json.get("shell_port").getAsInt(),
                    json.get("control_port").getAsInt(),
                    json.get("stdin_port").getAsInt(),
                    json.get("hb_port").getAsInt(),
                    json.get("iopub_port").getAsInt(),
                    text(json, "signature_scheme", "hmac-sha256"),
                    text(json, "key", ""));
            if (!connection.transport().equals("tcp")) {
                throw new IOException(
                        file + ": transport '" + connection.transport() + "' is not supported, only 'tcp' is");
            }
            return connection;
        } catch (JsonParseException | IllegalStateException | NumberFormatException | NullPointerException e) {
            throw new IOException(file + " is not a Jupyter connection file: " + e.getMessage(), e);
        }
    }

    /** The address of a port. */
    public String address(int port) {
        return transport + "://" + ip + ":" + port;
    }

    private static String text(JsonObject json, String name, String otherwise) {
        return json.has(name) && !json.get(name).isJsonNull() ? json.get(name).getAsString() : otherwise;
    }
}
