package dev.cairn.jupyter.eval;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** Holds the classes that cells compile to, on top of the kernel's class path and what is added to it. */
final class SnippetClasses implements LoaderDelegate, AutoCloseable {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final Loader loader;
    private volatile boolean acceptsAdditions;

    SnippetClasses(ClassLoader parent) {
        loader = new Loader(parent);
    }

    /** From now on the class path grows; what JShell's compiler was told before, the parent loader has. */
    void acceptAdditions() {
        acceptsAdditions = true;
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        // Classes of one batch may extend each other, in any order: all are declared before one is defined.
        for (ClassBytecodes declared : classes) {
            loader.declare(declared.name(), ClassFilePatch.apply(declared.bytecodes()));
        }
        var installed = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            try {
                loader.loadClass(classes[i].name());
                installed[i] = true;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException("load: " + e.getMessage(), installed);
            }
        }
    }

    /** A method of one of the classes. */
    Method method(List<String> classes, String name) {
        return classes.stream()
                .flatMap(loaded -> Arrays.stream(find(loaded).getDeclaredMethods()))
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JShell did not load " + name));
    }

    private Class<?> find(String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The class " + name + " was loaded and is gone", e);
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        // JShell gives every version of a class its own name; nothing is redefined in place.
    }

    @Override
    public void addToClasspath(String classPath) throws InternalException {
        if (!acceptsAdditions) {
            return;
        }
        for (Path entry : paths(classPath)) {
            try {
                loader.addURL(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InternalException(e.toString());
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    @Override
    public void close() throws java.io.IOException {
        loader.close();
    }

    /** The entries of a class path. */
    static List<Path> paths(String classPath) {
        return SEPARATOR.splitAsStream(classPath).map(Path::of).toList();
    }

    private static final class Loader extends URLClassLoader {
        private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

        Loader(ClassLoader parent) {
            super("cells", new URL[0], parent);
        }

        void declare(String name, byte[] bytes) {
            declared.put(name, bytes);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = declared.remove(name);
            return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected void addURL(URL url) {
            super.addURL(url);
        }
    }
}
