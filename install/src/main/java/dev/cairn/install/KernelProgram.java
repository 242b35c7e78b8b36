package dev.cairn.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn kernel}: puts the kernel where Jupyter finds it, takes it away, and shows where it is. */
final class KernelProgram implements Program {
    private final Distribution distribution;

    KernelProgram(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) {
        CommandLine commandLine = new CommandLine(new Kernel())
                .addSubcommand(new Install(distribution, invocation))
                .addSubcommand(new Uninstall(invocation))
                .addSubcommand(new ListKernels(invocation));
        return Picocli.run(commandLine, arguments, invocation);
    }

    @Command(
            name = "cairn kernel",
            description = "The kernel for Jupyter.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Kernel {}

    @Command(name = "install", description = "Make Jupyter know the kernel.", mixinStandardHelpOptions = true)
    private static final class Install implements Callable<Integer> {
        private final Distribution distribution;
        private final Invocation invocation;

        @Mixin
        private final KernelLocation location = new KernelLocation();

        @Mixin
        private final KernelName name = new KernelName();

        @Option(
                names = "--display-name",
                paramLabel = "TEXT",
                defaultValue = "Java (Cairn)",
                description = "What a notebook's launcher shows (${DEFAULT-VALUE}).")
        private String displayName = "";

        @Option(
                names = "--jvm-option",
                paramLabel = "OPTION",
                description = "An option for the JVM, such as -Xmx4g; repeatable.")
        private List<String> jvmOptions = new ArrayList<>();

        @Option(
                names = "--java",
                paramLabel = "DIR",
                description = "The JDK to use (default: the one that runs this command).")
        private @Nullable Path java;

        @Option(
                names = "--env",
                paramLabel = "NAME=VALUE",
                description = "A variable of the kernel's environment; repeatable.")
        private Map<String, String> environment = new LinkedHashMap<>();

        @Option(names = "--uninstall", description = "Take the kernel of this name away instead.")
        private boolean isUninstall;

        @Option(names = "--no-archive", description = "Do not make the class archive that quickens starts.")
        private boolean withoutArchive;

        private Install(Distribution distribution, Invocation invocation) {
            this.distribution = distribution;
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws InterruptedException {
            if (isUninstall) {
                return remove(name.value, location, invocation);
            }
            if (!Files.isRegularFile(distribution.jar())) {
                return invocation.fail(
                        "there is no distribution at " + distribution.home() + ".",
                        "Run bin/cairn of a built distribution.");
            }
            if (!name.value.matches("[A-Za-z0-9._-]+")) {
                return invocation.fail(
                        "'" + name.value + "' cannot be a kernel's name.",
                        "Use letters, digits, dots, hyphens and underscores.");
            }
            Path home = java == null
                    ? Path.of(System.getProperty("java.home"))
                    : invocation.directory().resolve(java);
            Optional<JavaRuntime> runtime = JavaRuntime.at(home).filter(found -> found.feature() >= 17);
            if (runtime.isEmpty()) {
                return invocation.fail(
                        "there is no Java 17 or later in " + home + ".",
                        "Give --java the folder of a JDK 17 or later.");
            }
            Path folder = location.kernels(invocation).resolve(name.value);
            Optional<String> obstacle = KernelSpecification.obstacleAt(folder);
            if (obstacle.isPresent()) {
                return invocation.fail(
                        "the kernel cannot be installed in " + folder + ": " + obstacle.get() + ".",
                        "Choose another place (--user, --sys-prefix, --prefix DIR) or another --name.");
            }
            if (!withoutArchive) {
                new ClassArchive(distribution, runtime.get()).makeUnlessThere(invocation);
            }
            new KernelSpecification(displayName, runtime.get(), distribution, jvmOptions, variables()).writeTo(folder);
            invocation.out().println("Installed the kernel '" + displayName + "' (" + name.value + ") in " + folder);
            return 0;
        }

        private Map<String, String> variables() {
            Map<String, String> variables = new LinkedHashMap<>(KernelSpecification.localeOf(invocation.environment()));
            variables.putAll(environment);
            return variables;
        }
    }

    @Command(name = "uninstall", description = "Make Jupyter forget the kernel.", mixinStandardHelpOptions = true)
    private static final class Uninstall implements Callable<Integer> {
        private final Invocation invocation;

        @Mixin
        private final KernelLocation location = new KernelLocation();

        @Mixin
        private final KernelName name = new KernelName();

        private Uninstall(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws InterruptedException {
            return remove(name.value, location, invocation);
        }
    }

    private static int remove(String name, KernelLocation location, Invocation invocation) throws InterruptedException {
        Path kernels = location.kernels(invocation);
        Optional<InstalledKernel> kernel = InstalledKernel.in(kernels).stream()
                .filter(found -> found.name().equals(name))
                .findFirst();
        if (kernel.isEmpty()) {
            return invocation.fail(
                    "no kernel of Cairn's is called '" + name + "' in " + kernels + ".", "See `cairn kernel list`.");
        }
        kernel.get().remove();
        invocation.out().println("Removed the kernel " + kernel.get().folder());
        return 0;
    }

    @Command(
            name = "list",
            description = "Show the kernels of Cairn's and what they start.",
            mixinStandardHelpOptions = true)
    private static final class ListKernels implements Callable<Integer> {
        private final Invocation invocation;

        @Mixin
        private final KernelLocation location = new KernelLocation();

        private ListKernels(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws InterruptedException {
            Path folder = location.kernels(invocation);
            List<InstalledKernel> kernels = InstalledKernel.in(folder);
            if (kernels.isEmpty()) {
                invocation.out().println("No kernel of Cairn's in " + folder);
            }
            for (InstalledKernel kernel : kernels) {
                invocation.out().println(kernel.name() + "\t" + kernel.displayName() + "\t" + kernel.folder());
            }
            return 0;
        }
    }
}
