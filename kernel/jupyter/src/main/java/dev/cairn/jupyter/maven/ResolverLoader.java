package dev.cairn.jupyter.maven;

import dev.cairn.jupyter.extension.MagicException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Loads the resolver on its first use, from a folder {@code maven} beside the kernel's own jar: neither does the start wait
 * for its classes, nor do they get in the way of what cells bring along.
 */
final class ResolverLoader {
    DependencyResolver load() {
        ClassLoader own = ResolverLoader.class.getClassLoader();
        List<URL> jars = jars();
        ClassLoader loader = jars.isEmpty() ? own : new URLClassLoader("maven", jars.toArray(URL[]::new), own);
        return ServiceLoader.load(DependencyResolver.class, loader)
                .findFirst()
                .orElseThrow(() -> new MagicException(
                        "NotSupported",
                        "This kernel was put together without what it takes to read Maven repositories.",
                        "Install it from a whole distribution, whose folder lib has a folder maven."));
    }

    private static List<URL> jars() {
        List<URL> urls = new ArrayList<>();
        try {
            var source = ResolverLoader.class.getProtectionDomain().getCodeSource();
            Path directory = Path.of(source.getLocation().toURI()).resolveSibling("maven");
            if (!Files.isDirectory(directory)) {
                return urls;
            }
            try (var files = Files.list(directory)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    urls.add(url(jar));
                }
            }
            return urls;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The kernel's own jar cannot be found", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The jars beside the kernel's own cannot be listed", e);
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
