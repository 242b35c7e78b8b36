"""What a user of the kernel meets in a day, asked of its real process: the language, errors, interrupts, output, magics, display."""
import os
import re
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

import psutil

from protocol_tests import ProtocolTest

BLOCKED = {
    "a busy loop": "while (true) {}",
    "a loop in a method": "int spin(int n) { while (true) n++; }\nspin(1);",
    "sleep": "Thread.sleep(1_000_000);",
    "a lock": "var taken = new java.util.concurrent.locks.ReentrantLock();\n"
              "var holder = new Thread(() -> taken.lock()); holder.start(); holder.join(); taken.lock();",
    "a monitor": "Object monitor = new Object();\nvar inside = new java.util.concurrent.CountDownLatch(1);\n"
                 "var owner = new Thread(() -> { synchronized (monitor) { inside.countDown(); "
                 "try { Thread.sleep(5_000); } catch (InterruptedException e) {} } });\n"
                 "owner.setDaemon(true); owner.start(); inside.await(); synchronized (monitor) {}",
    "a socket": "new java.net.ServerSocket(0).accept();",
    "a queue": "new java.util.concurrent.SynchronousQueue<String>().take();",
    "a child process": "new ProcessBuilder(\"sleep\", \"1000\").start().waitFor();",
    "endless output": "while (true) System.out.println(\"more\");",
}


class EverydayTest(ProtocolTest):
    def value(self, code):
        """The text of a cell's result."""
        return self.data(code)["text/plain"]

    def data(self, code):
        """A cell's result, by MIME type."""
        reply, published = self.kernel.run(code)
        self.assertEqual(reply["status"], "ok", reply)
        results = [m["content"]["data"] for m in published if m["msg_type"] == "execute_result"]
        self.assertEqual(len(results), 1, published)
        return results[0]

    def printed(self, code):
        """What a cell writes to its streams."""
        reply, published = self.kernel.run(code)
        self.assertEqual(reply["status"], "ok", reply)
        return self.text(published)

    def shown(self, code):
        """What a cell displays, by MIME type."""
        reply, published = self.kernel.run(code)
        self.assertEqual(reply["status"], "ok", reply)
        return [m["content"]["data"] for m in published if m["msg_type"] == "display_data"]

    def failure(self, code):
        """The name of a cell's failure and what is shown of it."""
        reply, _ = self.kernel.run(code)
        self.assertEqual(reply["status"], "error", reply)
        return reply["ename"], self.plain("\n".join(reply["traceback"]))

    def plain(self, text):
        return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Cells(EverydayTest):
    def test_the_language(self):
        self.assertEqual(self.value("record Point(int x, int y) { int sum() { return x + y; } }\nnew Point(3, 4).sum()"), "7")
        self.assertEqual(self.value(
            "sealed interface Shape permits Circle, Square {}\nrecord Circle(double r) implements Shape {}\n"
            "record Square(double a) implements Shape {}\n"
            "double area(Shape s) { return s instanceof Circle c ? 3 * c.r() * c.r() : ((Square) s).a() * ((Square) s).a(); }\n"
            "area(new Square(3)) + area(new Circle(1))"), "12.0")
        self.assertEqual(self.value("<T extends Comparable<T>> T most(List<T> all) { return Collections.max(all); }\n"
                                    "most(List.of(3, 9, 2))"), "9")
        self.assertEqual(self.value('var text = """\n    a\n      b % 2\n    """;\ntext'), "a\n  b % 2\n")
        self.assertEqual(self.value("Function<Integer, Integer> twice = x -> 2 * x;\ntwice.apply(21)"), "42")
        self.assertEqual(self.value("enum Colour { RED, GREEN }\nswitch (Colour.GREEN) { case RED -> 1; case GREEN -> 2; }"), "2")

    def test_packages_that_need_no_import(self):
        self.assertEqual(self.value("Stream.of(1, 2, 3).collect(Collectors.toList())"), "[1, 2, 3]")
        self.assertEqual(self.value('Path.of("a", "b").getFileName()'), "b")
        self.assertEqual(self.value("new BigDecimal(\"1.50\").stripTrailingZeros()"), "1.5")

    def test_names_may_come_later_and_change(self):
        self.assertIn("later", self.printed("int early() { return later() + 1; }"))
        self.assertEqual(self.value("int later() { return 1; }\nearly()"), "2")
        self.assertEqual(self.value("int later() { return 10; }\nearly()"), "11")
        self.assertEqual(self.value("int n = 1;\nString n = \"now text\";\nn"), "now text")

    def test_many_statements(self):
        code = "\n".join(f"int v{i} = {i};" for i in range(100)) + "\n" + " + ".join(f"v{i}" for i in range(100))
        self.assertEqual(self.value(code), "4950")

    def test_the_heap_is_capped(self):
        heap = int(self.value("Runtime.getRuntime().maxMemory()"))
        self.assertLess(heap, 0.6 * psutil.virtual_memory().total)


class Errors(EverydayTest):
    environment = {"JDK_JAVA_OPTIONS": "-Xmx200m"}

    def test_an_exception_is_the_users(self):
        name, shown = self.failure(
            "void deep() {\n    throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));\n}\n\ndeep();")
        self.assertEqual(name, "java.lang.IllegalStateException")
        for text in ("outer", "Caused by", "inner", "2", "5"):
            self.assertIn(text, shown)
        for internal in ("jdk.jshell", "dev.cairn", "REPL.", "reflect"):
            self.assertNotIn(internal, shown)

    def test_a_compile_error_points_at_its_place(self):
        name, shown = self.failure("int good = 1;\nint bad = \"text\";")
        self.assertIn("String", shown)
        self.assertRegex(shown, r"(?m)2.*int bad = \"text\";")
        self.assertRegex(shown, r"(?m)^[^a-z]*\^")
        self.assertIn("import java.time.LocalDate", self.failure("LocalDate.now()")[1])

    def test_errors_of_the_machine_are_survived(self):
        self.kernel.run("int kept = 7;")
        self.assertEqual(self.failure("int down(int n) { return down(n + 1) + 1; }\ndown(0)")[0], "java.lang.StackOverflowError")
        self.assertEqual(self.failure("var all = new ArrayList<long[]>(); while (true) all.add(new long[1 << 20]);")[0],
                         "java.lang.OutOfMemoryError")
        self.assertEqual(self.value("kept"), "7")

    def test_exit_does_not_end_the_kernel(self):
        self.assertIn("System.exit", self.failure("System.exit(3);")[1])
        self.assertEqual(self.value("1 + 1"), "2")

    def test_a_threads_failure_is_shown(self):
        printed = self.printed("var lost = new Thread(() -> { throw new RuntimeException(\"in a thread\"); });\n"
                               "lost.start(); lost.join();")
        self.assertIn("java.lang.RuntimeException: in a thread", self.plain(printed))


class Interrupts(EverydayTest):
    def test_whatever_a_cell_waits_for_it_is_stopped_and_its_state_kept(self):
        self.kernel.run("int kept = 7;")
        for name, code in BLOCKED.items():
            with self.subTest(name):
                busy = self.kernel.busy(code)
                self.kernel.interrupt()
                self.assertEqual(self.kernel.reply(busy)["content"]["ename"], "Interrupted")
                self.assertEqual(self.value("kept"), "7")

    def test_what_was_stopped_takes_no_time_any_more(self):
        busy = self.kernel.busy("long spins = 0; while (true) spins++;")
        self.kernel.interrupt()
        self.kernel.reply(busy)
        # What is left, the compiler's threads and the start's, comes to an end; a loop that was not stopped does not.
        deadline = time.monotonic() + 60
        while self.load() >= 0.5:
            self.assertLess(time.monotonic(), deadline, "the loop still runs")

    def load(self):
        """The processors the kernel keeps busy, over half a second."""
        used, begun = self.used(), time.monotonic()
        time.sleep(0.5)
        return (self.used() - used) / (time.monotonic() - begun)

    def used(self):
        times = self.kernel.process.cpu_times()
        return times.user + times.system


class Output(EverydayTest):
    def test_a_line_without_end_is_shown_while_the_cell_runs(self):
        request = self.kernel.execute('System.out.print("50 %"); Thread.sleep(1_000_000);')
        self.assertEqual(self.text(self.kernel.published(request, lambda m: m["msg_type"] == "stream")), "50 %")
        self.kernel.interrupt()
        self.kernel.reply(request)

    def test_very_many_lines_are_complete(self):
        lines = self.printed("for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);").splitlines()
        self.assertEqual(lines, [f"line {i}" for i in range(100_000)])

    def test_text_stays_whole(self):
        text = "ä→😀\r50 %\r\x1b[31mred\x1b[0m"
        literal = text.replace("\r", "\\r").replace("\x1b", "\\u001b")
        self.assertEqual(self.printed(f'for (byte b : "{literal}".getBytes("UTF-8")) System.out.write(b); System.out.flush();'), text)

    def test_a_threads_output_is_its_cells_even_later(self):
        request = self.kernel.execute(
            "var gate = new java.util.concurrent.CountDownLatch(1);\n"
            "new Thread(() -> { try { gate.await(); } catch (InterruptedException e) {} System.out.println(\"late\"); }).start();")
        self.kernel.published(request)
        self.kernel.reply(request)
        self.kernel.execute("gate.countDown();")
        late = self.kernel.published(request, lambda m: m["msg_type"] == "stream")
        self.assertEqual(self.text(late), "late\n")


class Magics(EverydayTest):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name).resolve()
        self.kernel.run(f"%cd {self.directory}")

    def test_files_and_the_shell(self):
        self.assertEqual(self.value("%pwd"), str(self.directory))
        self.kernel.run("%%writefile a.txt\none\ntwo\n")
        self.assertEqual((self.directory / "a.txt").read_text(), "one\ntwo\n")
        self.assertEqual(self.printed("!cat a.txt"), "one\ntwo\n")
        self.assertEqual(self.printed("%%sh\nfor i in 1 2; do echo $i; done"), "1\n2\n")
        self.assertEqual(self.value("var lines = !cat a.txt\nlines.size()"), "2")
        self.assertEqual(self.printed('String name = "a.txt";\n!wc -l < {name}').strip(), "2")
        (self.directory / "b.jsh").write_text("int loaded = 5;\n")
        reply, _ = self.kernel.run("%load b.jsh")
        self.assertIn("int loaded = 5;", str(reply["payload"]))
        self.kernel.run("%env CAIRN_TEST=here")
        self.assertEqual(self.printed("!echo $CAIRN_TEST"), "here\n")

    def test_times_are_taken(self):
        self.assertRegex(self.printed("%time int timed = 3;"), r"\d")
        self.assertEqual(self.value("timed"), "3")
        self.assertRegex(str(self.kernel.run("%timeit Math.sqrt(2)")[1]), r"[nµm]?s")

    def test_the_session_tells_of_itself(self):
        self.kernel.run("int known = 3;")
        told = lambda code: str([m["content"] for m in self.kernel.run(code)[1]])
        for magic, text in {"%who": "known", "%whos": "int", "%history": "int known = 3;", "%lsmagic": "%%writefile",
                            "%timeit?": "%timeit", "%classpath": ".jar"}.items():
            with self.subTest(magic):
                self.assertEqual(self.kernel.run(magic)[0]["status"], "ok")
                self.assertIn(text, told(magic))
        self.kernel.run("%reset -f")
        self.assertIn("cannot find symbol", self.failure("known")[1])

    def test_a_cell_can_be_of_another_kind(self):
        for magic, kind in {"html": "text/html", "markdown": "text/markdown", "javascript": "application/javascript",
                            "svg": "image/svg+xml", "latex": "text/latex"}.items():
            with self.subTest(magic):
                self.assertIn("<svg/>", str(self.shown(f"%%{magic}\n<svg/>")[0][kind]))

    def test_what_only_looks_like_a_magic_is_java(self):
        self.assertEqual(self.value("int a = 7;\nint b = 4;\na\n% b"), "3")
        self.assertEqual(self.value('"""\n%lsmagic\n!ls"""'), "%lsmagic\n!ls")
        self.assertEqual(self.value("/*\n%lsmagic\n*/ 1"), "1")

    def test_maven_fetches_and_names_what_it_cannot(self):
        self.artifact("tool", "1.0")
        (self.directory / "settings.xml").write_text(
            f"<settings><localRepository>{self.directory}/local</localRepository><mirrors><mirror><id>all</id>"
            f"<mirrorOf>*</mirrorOf><url>{(self.directory / 'repository').as_uri()}</url></mirror></mirrors></settings>")
        told = lambda code: str([m["content"] for m in self.kernel.run(code)[1]])
        self.assertIn("g:tool:1.0", told("%maven -s settings.xml g:tool:1.0"))
        self.assertEqual(self.resource("tool.txt"), "1.0")
        self.assertIn("g:none:jar:1.0", self.failure("%maven -s settings.xml g:none:1.0")[1])

    def test_jars_are_added(self):
        self.artifact("added", "2.0")
        self.kernel.run("%jars repository/g/added/2.0/*.jar")
        self.assertIn("added-2.0.jar", self.value("%classpath"))
        self.assertEqual(self.resource("added.txt"), "2.0")

    def resource(self, name):
        return self.value('new String(Thread.currentThread().getContextClassLoader()'
                          f'.getResourceAsStream("{name}").readAllBytes())')

    def artifact(self, name, version):
        place = self.directory / "repository" / "g" / name / version
        place.mkdir(parents=True)
        (place / f"{name}-{version}.pom").write_text(
            f"<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>{name}</artifactId>"
            f"<version>{version}</version></project>")
        with zipfile.ZipFile(place / f"{name}-{version}.jar", "w") as jar:
            jar.writestr(f"{name}.txt", version)


class Display(EverydayTest):
    def test_values_have_rich_forms(self):
        self.assertIn("<table", self.data("record Row(String name, int n) {}\nList.of(new Row(\"a\", 1), new Row(\"b\", 2))")["text/html"])
        self.assertIn("image/png", self.data("new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB)"))
        self.assertEqual(self.value("new int[] {1, 2, 3}"), "[1, 2, 3]")
        self.assertEqual(self.value("Optional.of(3)"), "Optional[3]")

    def test_very_long_lists_are_bounded(self):
        shown = self.data("record Big(int n) {}\nIntStream.range(0, 200_000).mapToObj(Big::new).toList()")
        self.assertRegex(str(shown), r"200,?000")
        self.assertEqual(shown["text/html"].count("<tr"), 21)
        self.assertLess(len(str(shown)), 20_000)

    def test_display_as_a_type_and_again(self):
        self.assertEqual(self.shown('display("<b>x</b>", "text/html");')[0]["text/html"], "<b>x</b>")
        vega = self.shown('display("{\\"mark\\": \\"bar\\"}", "application/vnd.vegalite.v5+json");')[0]
        self.assertEqual(vega["application/vnd.vegalite.v5+json"], {"mark": "bar"})
        _, published = self.kernel.run('var handle = display("first"); handle.update("second"); clearOutput(true);')
        kinds = [m["msg_type"] for m in published if m["msg_type"] != "status"]
        self.assertEqual(kinds[1:], ["display_data", "update_display_data", "clear_output"])
        ids = {m["content"]["transient"]["display_id"] for m in published if "display" in m["msg_type"]}
        self.assertEqual(len(ids), 1)

    def test_markup_in_values_is_text(self):
        shown = self.data('record Evil(String s) {}\nList.of(new Evil("<script>alert(1)</script>"))')
        self.assertNotIn("<script>", shown["text/html"])


class Completion(EverydayTest):
    def matches(self, code):
        return self.kernel.ask("shell", "complete_request", {"code": code, "cursor_pos": len(code)})["matches"]

    def test_java_and_magics_and_paths(self):
        self.kernel.run("var inventory = new ArrayList<String>();")
        self.assertIn("isEmpty()", self.matches("inventory.isE"))
        self.assertIn("util", [m.rstrip(".") for m in self.matches("import java.ut")])
        self.assertIn("Map", self.matches("Map<String, Integer> m = new Ma") + self.matches("Ma"))
        self.assertTrue(any("timeit" in match for match in self.matches("%timei")))
        self.assertTrue(any("--queue" in match for match in self.matches("%exp run --que")))
        with tempfile.TemporaryDirectory() as directory:
            Path(directory, "rows.csv").touch()
            self.assertIn("rows.csv", self.matches(f'Path.of("{directory}/ro'))


del EverydayTest, ProtocolTest


if __name__ == "__main__":
    unittest.main()
