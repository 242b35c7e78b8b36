package dev.cairn.install;

import java.nio.file.Path;

/** What the build has made before the integration tests run: the distribution and the Python environments. */
record Built(Path distribution, Path jupyterEnvironment, Path jjavaEnvironment, Path dvcEnvironment) {
    static Built fromSystemProperties() {
        return new Built(
                folder("cairn.distribution"),
                folder("cairn.python.jupyter"),
                folder("cairn.python.jjava"),
                folder("cairn.python.dvc"));
    }

    Path cairn() {
        return distribution.resolve("bin/cairn");
    }

    Path dvc() {
        return dvcEnvironment.resolve("bin/dvc");
    }

    Path dvcPython() {
        return dvcEnvironment.resolve("bin/python");
    }

    Path jupyterPython() {
        return jupyterEnvironment.resolve("bin/python");
    }

    private static Path folder(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "The system property " + property + " is not set; run the tests by mvn verify.");
        }
        return Path.of(value);
    }
}
