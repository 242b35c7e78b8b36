package dev.cairn.install;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.IntegerValue;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sees, through the JVM's debugger interface, each operation by which a program changes files, just before it happens: the program knows
 * nothing of it.
 */
final class FileOperations {
    /** The JDK's methods that every change of a file or directory goes through. */
    private static final Map<String, Set<String>> WATCHED = Map.of(
            "sun.nio.fs.UnixNativeDispatcher", Set.of("open", "rename", "unlink", "rmdir", "mkdir", "link", "symlink"),
            "sun.nio.ch.FileChannelImpl", Set.of("write", "truncate", "transferTo"),
            "java.io.FileOutputStream", Set.of("open", "write"),
            "java.io.RandomAccessFile", Set.of("write"),
            "java.io.File", Set.of("createNewFile", "mkdir", "delete", "renameTo"));

    private static final int FOR_WRITING = 3; // O_WRONLY | O_RDWR

    private FileOperations() {}

    /** Starts a program whose JVM takes further options, parted by blanks. */
    @FunctionalInterface
    interface Launcher {
        Process start(String jvmOptions) throws IOException;
    }

    /** Runs the program to its end and gives the places of its operations, in order. */
    static List<String> rehearse(Launcher launcher) throws Exception {
        List<String> places = new ArrayList<>();
        run(launcher, place -> !places.add(place));
        return places;
    }

    /** Runs the program up to an operation, and kills it before that happens. Returns whether it came so far. */
    static boolean killBefore(Launcher launcher, String place, int occurrence) throws Exception {
        int[] seen = {0};
        return run(launcher, found -> found.equals(place) && ++seen[0] == occurrence);
    }

    private static boolean run(Launcher launcher, Predicate<String> isLast) throws Exception {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        String address = connector.startListening(arguments);
        try {
            Process process = launcher.start("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address="
                    + "127.0.0.1" + address.substring(address.lastIndexOf(':')));
            boolean isKilled = follow(connector.accept(arguments), isLast);
            if (isKilled) {
                process.destroyForcibly();
            }
            process.waitFor();
            return isKilled;
        } finally {
            stopListening(connector, arguments);
        }
    }

    private static void stopListening(ListeningConnector connector, Map<String, Connector.Argument> arguments)
            throws IOException, IllegalConnectorArgumentsException {
        connector.stopListening(arguments);
    }

    /** Lets the program run until it ends, false, or stands before the last operation, true. */
    private static boolean follow(VirtualMachine machine, Predicate<String> isLast) throws Exception {
        for (String name : WATCHED.keySet()) {
            ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(name);
            prepared.enable();
            machine.classesByName(name).forEach(FileOperations::watch);
        }
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return false;
                    }
                    if (event instanceof ClassPrepareEvent loaded) {
                        watch(loaded.referenceType());
                    }
                    if (event instanceof BreakpointEvent reached && isChange(reached) && isLast.test(place(reached))) {
                        return true;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return false; // it ended meanwhile
        }
    }

    private static void watch(ReferenceType type) {
        for (Method method : type.methods()) {
            boolean hasCode = !method.isNative() && !method.isAbstract();
            if (hasCode && WATCHED.get(type.name()).contains(method.name())) {
                BreakpointRequest stop =
                        type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
                stop.enable();
            }
        }
    }

    /** Files are opened for reading, too, by the method that opens them for writing. */
    private static boolean isChange(BreakpointEvent event) throws IncompatibleThreadStateException {
        Method method = event.location().method();
        if (!method.name().equals("open") || !method.declaringType().name().startsWith("sun.")) {
            return true;
        }
        StackFrame frame = event.thread().frame(0);
        List<Value> arguments = frame.getArgumentValues();
        return arguments.get(1) instanceof IntegerValue flags && (flags.value() & FOR_WRITING) != 0;
    }

    /** What is done, the method of ours that has it done, and the one of another class that wanted that. */
    private static String place(BreakpointEvent event) throws IncompatibleThreadStateException {
        List<String> ours = new ArrayList<>();
        String last = "";
        for (StackFrame frame : event.thread().frames()) {
            Location at = frame.location();
            String type = at.declaringType().name();
            boolean isNamed = type.startsWith("dev.cairn.") && !type.contains("$$") && !type.endsWith(".AtomicFiles");
            if (isNamed && !type.equals(last) && ours.size() < 3) {
                ours.add(type.substring(type.lastIndexOf('.') + 1) + "."
                        + at.method().name());
                last = type;
            }
        }
        return event.location().method().name() + " in " + String.join(" for ", ours);
    }
}
