package dev.cairn.jupyter.eval;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** Holds the classes that cells compile to, on top of the kernel's class path and what is added to it. */
final class SnippetClasses implements LoaderDelegate, AutoCloseable {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final Loader loader;

    SnippetClasses(ClassLoader parent) {
        loader = new Loader(parent);
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        var installed = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            try {
                loader.define(classes[i].name(), ClassFilePatch.apply(classes[i].bytecodes()));
                installed[i] = true;
            } catch (LinkageError e) {
                throw new ClassInstallException("load: " + e.getMessage(), installed);
            }
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        // JShell gives every version of a class its own name; nothing is redefined in place.
    }

    @Override
    public void addToClasspath(String classPath) throws InternalException {
        for (String entry : SEPARATOR.split(classPath, -1)) {
            try {
                loader.addURL(Path.of(entry).toUri().toURL());
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

    private static final class Loader extends URLClassLoader {
        Loader(ClassLoader parent) {
            super("cells", new URL[0], parent);
        }

        void define(String name, byte[] bytes) {
            defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected void addURL(URL url) {
            super.addURL(url);
        }
    }
}
