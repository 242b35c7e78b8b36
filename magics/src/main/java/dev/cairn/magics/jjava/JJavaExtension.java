package dev.cairn.magics.jjava;

import dev.cairn.jupyter.magic.EnvironmentMagics;
import dev.cairn.jupyter.magic.ShellMagics;
import dev.cairn.magics.session.CairnExtension;
import java.nio.file.Path;
import java.util.Objects;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** Brings Cairn's magics and their rich output into JJava, which finds it as a service once the jar is on its class path. */
public final class JJavaExtension implements Extension {
    private @Nullable JJavaContext context;

    @Override
    public void install(BaseKernel kernel) {
        JJavaContext installed = new JJavaContext(kernel, Path.of("").toAbsolutePath(), System.getenv());
        new CairnExtension().install(installed);
        new EnvironmentMagics().install(installed);
        new ShellMagics().install(installed);
        context = installed;
    }

    @Override
    public void uninstall(BaseKernel kernel) {
        Objects.requireNonNull(context, "the extension is not installed").runShutdownActions();
    }
}
