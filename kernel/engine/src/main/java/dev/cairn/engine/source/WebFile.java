package dev.cairn.engine.source;

import dev.cairn.engine.error.EngineException;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a web server says of a file.
 *
 * @param tag the server's name for this version ({@code ETag}, or else {@code Content-MD5})
 */
record WebFile(String tag, @Nullable Long size) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int FIRST_ERROR = 400;

    static Optional<WebFile> of(String address) throws InterruptedException {
        HttpResponse<Void> answer = send(
                request(address).method("HEAD", HttpRequest.BodyPublishers.noBody()),
                address,
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() >= FIRST_ERROR) {
            return Optional.empty();
        }
        String tag = answer.headers()
                .firstValue("ETag")
                .or(() -> answer.headers().firstValue("Content-MD5"))
                .orElseThrow(() -> new EngineException(
                        "could not find an ETag or Content-MD5 header for '%s'".formatted(address),
                        "The server does not tell versions apart: download the file and `add` it."));
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        return Optional.of(new WebFile(tag, length < 0 ? null : (Long) length));
    }

    static void download(String address, Path target) throws InterruptedException {
        Path beside = AtomicFiles.beside(target);
        try {
            AtomicFiles.makeDirectories(java.util.Objects.requireNonNull(target.getParent()));
            int status = send(request(address).GET(), address, HttpResponse.BodyHandlers.ofFile(beside))
                    .statusCode();
            if (status != OK) {
                throw new EngineException(
                        "'%s' does not exist: the server answers %d".formatted(address, status),
                        "Check the address in a browser.");
            }
            AtomicFiles.move(beside, target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        } finally {
            if (Files.exists(beside)) {
                AtomicFiles.deleteRecursively(beside);
            }
        }
    }

    private static HttpRequest.Builder request(String address) {
        try {
            return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new EngineException("'%s' is no address".formatted(address), "Write it as http://host/path.", e);
        }
    }

    private static <T> HttpResponse<T> send(
            HttpRequest.Builder request, String address, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build();
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new EngineException(
                    "cannot reach '%s': %s".formatted(address, e.getMessage() == null ? e : e.getMessage()),
                    "Check the address and the network.",
                    e);
        }
    }
}
