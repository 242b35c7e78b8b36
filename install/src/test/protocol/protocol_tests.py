"""What the kernel promises on the wire, asked through jupyter_client as front ends ask."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import uuid
from pathlib import Path

import psutil
from jupyter_client import KernelManager
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager

PATIENCE = 60


class Kernel:
    """A kernel process with a client, and short ways to ask."""

    def __init__(self, **environment):
        self.manager = KernelManager(kernel_name="cairn-java")
        self.manager.start_kernel(env={**os.environ, **environment})
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.kept = {}

    @property
    def process(self):
        return psutil.Process(self.manager.provisioner.process.pid)

    def send(self, channel, kind, content, subshell=None, **more):
        message = self.client.session.msg(kind, content, **more)
        if subshell:
            message["header"]["subshell_id"] = subshell
        getattr(self.client, channel + "_channel").send(message)
        return message["header"]["msg_id"]

    def execute(self, code, subshell=None, **content):
        return self.send("shell", "execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True, **content}, subshell)

    def reply(self, request, channel="shell"):
        """The reply to a request; others that come before it are kept."""
        end = time.monotonic() + PATIENCE
        while request not in self.kept:
            message = getattr(self.client, channel + "_channel").get_msg(timeout=max(0.1, end - time.monotonic()))
            self.kept[message["parent_header"]["msg_id"]] = message
        return self.kept.pop(request)

    def ask(self, channel, kind, content, subshell=None):
        return self.reply(self.send(channel, kind, content, subshell), channel)["content"]

    def published(self, request, until=lambda message: False):
        """What is published because of a request, up to idle."""
        found = []
        while True:
            message = self.client.iopub_channel.get_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            found.append(message)
            state = message["content"].get("execution_state")
            if state == "idle" or until(message):
                return found

    def run(self, code, **content):
        request = self.execute(code, **content)
        published = self.published(request)
        return self.reply(request)["content"], published

    def busy(self, code="while (true) {}"):
        """Starts a cell that does not end; gives its request once it runs."""
        request = self.execute('System.out.println("started");\n' + code)
        self.published(request, lambda message: message["msg_type"] == "stream")
        return request

    def interrupt(self):
        return self.ask("control", "interrupt_request", {})

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class ProtocolTest(unittest.TestCase):
    environment = {}

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel(**cls.environment)

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def text(self, published):
        return "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream")


class Execution(ProtocolTest):
    def test_a_failure_aborts_the_cells_that_wait(self):
        first = self.kernel.execute('Thread.sleep(200); throw new RuntimeException("first");')
        waiting = [self.kernel.execute("int never = 1;") for _ in range(50)]
        self.assertEqual(self.kernel.reply(first)["content"]["status"], "error")
        self.assertEqual({self.kernel.reply(r)["content"]["status"] for r in waiting}, {"aborted"})
        self.assertEqual(self.kernel.run("1")[0]["status"], "ok")

    def test_an_interrupt_aborts_the_cells_that_wait(self):
        busy = self.kernel.busy()
        waiting = self.kernel.execute("int never = 1;")
        self.kernel.interrupt()
        self.assertEqual(self.kernel.reply(busy)["content"]["ename"], "Interrupted")
        self.assertEqual(self.kernel.reply(waiting)["content"]["status"], "aborted")

    def test_without_stop_on_error_the_next_cell_runs(self):
        first = self.kernel.execute("throw new RuntimeException();", stop_on_error=False)
        second = self.kernel.execute("1")
        self.assertEqual(self.kernel.reply(first)["content"]["status"], "error")
        self.assertEqual(self.kernel.reply(second)["content"]["status"], "ok")

    def test_user_expressions_come_with_success_alone_each_with_its_own_failure(self):
        reply, _ = self.kernel.run("int n = 5;", user_expressions={
            "good": "n * 2", "missing": "nope", "throwing": "n / 0"})
        expressions = reply["user_expressions"]
        self.assertEqual(expressions["good"]["data"]["text/plain"], "10")
        self.assertEqual(expressions["missing"]["status"], "error")
        self.assertEqual(expressions["throwing"]["ename"], "java.lang.ArithmeticException")
        reply, _ = self.kernel.run("n / 0", user_expressions={"good": "n"})
        self.assertEqual(reply["user_expressions"], {})

    def test_a_silent_cell_shows_counts_and_stores_nothing(self):
        before, _ = self.kernel.run("1")
        reply, published = self.kernel.run('System.out.println(1); 2', silent=True)
        self.assertEqual([m["msg_type"] for m in published], ["status", "status"])
        after, _ = self.kernel.run("2")
        self.assertEqual(after["execution_count"], before["execution_count"] + 1)
        history = self.kernel.ask("shell", "history_request", {
            "hist_access_type": "tail", "n": 2, "raw": True, "output": True})["history"]
        self.assertEqual([entry[2] for entry in history], [["1", "1"], ["2", "2"]])

    def test_an_unstored_cell_is_shown_but_not_counted(self):
        before, _ = self.kernel.run("1")
        _, published = self.kernel.run("7", store_history=False)
        self.assertIn("execute_result", [m["msg_type"] for m in published])
        after, _ = self.kernel.run("2")
        self.assertEqual(after["execution_count"], before["execution_count"] + 1)

    def test_replies_tell_when_the_cell_began(self):
        request = self.kernel.execute("1")
        self.assertIn("started", self.kernel.reply(request)["metadata"])

    def test_streams_keep_their_order(self):
        _, published = self.kernel.run(
            'for (int i = 0; i < 20; i++) { System.out.println("o" + i); System.err.println("e" + i); }\n'
            'display("d"); System.out.println("last");')
        lines = self.text(published).split()
        self.assertEqual(lines, [x for i in range(20) for x in (f"o{i}", f"e{i}")] + ["last"])
        kinds = [m["msg_type"] for m in published]
        self.assertEqual(kinds[-3:], ["display_data", "stream", "status"])

    def test_idle_is_never_lost(self):
        requests = [self.kernel.execute(f"System.out.print({i}); {i}") for i in range(200)]
        waiting = dict.fromkeys(requests, 0)
        while not all(waiting.values()):
            message = self.kernel.client.iopub_channel.get_msg(timeout=PATIENCE)
            parent = message["parent_header"].get("msg_id")
            if parent in waiting and message["content"].get("execution_state") == "idle":
                waiting[parent] += 1
        self.assertEqual(set(waiting.values()), {1})
        for request in requests:
            self.assertEqual(self.kernel.reply(request)["content"]["status"], "ok")

    def test_input_is_asked_for(self):
        request = self.kernel.execute('readLine("name? ")', allow_stdin=True)
        question = self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.assertEqual(question["content"], {"prompt": "name? ", "password": False})
        self.kernel.client.input("Ada")
        published = self.kernel.published(request)
        results = [m["content"]["data"]["text/plain"] for m in published if m["msg_type"] == "execute_result"]
        self.assertEqual(results, ["Ada"])
        self.kernel.reply(request)

    def test_completions_have_types_and_count_code_points(self):
        self.kernel.run('String café = "x";')
        reply = self.kernel.ask("shell", "complete_request", {"code": '"😀" + caf', "cursor_pos": 9})
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (6, 9))
        self.assertIn({"text": "café", "type": "instance", "start": 6, "end": 9},
                      reply["metadata"]["_jupyter_types_experimental"])
        for code, text, kind in (("%lsm", "%lsmagic", "magic"), ('"a".isBl', "isBlank()", "function"),
                                 ("ArrayLis", "ArrayList", "class")):
            reply = self.kernel.ask("shell", "complete_request", {"code": code, "cursor_pos": len(code)})
            types = {t["text"].rstrip("(<"): t["type"] for t in reply["metadata"]["_jupyter_types_experimental"]}
            self.assertEqual(types.get(text), kind, types)

    def test_kernel_info_is_complete(self):
        info = self.kernel.ask("shell", "kernel_info_request", {})
        self.assertEqual(info["status"], "ok")
        self.assertEqual(info["protocol_version"], "5.5")
        self.assertIn("kernel subshells", info["supported_features"])
        self.assertTrue(all(link["url"].startswith("https://") for link in info["help_links"]))
        language = info["language_info"]
        for key in ("name", "version", "mimetype", "file_extension", "pygments_lexer", "codemirror_mode",
                    "nbconvert_exporter"):
            self.assertTrue(language[key], key)


class Subshells(ProtocolTest):
    def setUp(self):
        self.subshell = self.kernel.ask("control", "create_subshell_request", {})["subshell_id"]
        self.kernel.run("int shared = 3;")
        self.main = self.kernel.busy()

    def tearDown(self):
        self.kernel.interrupt()
        self.assertEqual(self.kernel.reply(self.main)["content"]["ename"], "Interrupted")
        self.kernel.ask("control", "delete_subshell_request", {"subshell_id": self.subshell})

    def test_completion_inspection_and_the_like_answer(self):
        ask = lambda kind, content: self.kernel.ask("shell", kind, content, self.subshell)
        self.assertIn("shared", ask("complete_request", {"code": "sha", "cursor_pos": 3})["matches"])
        self.assertTrue(ask("inspect_request", {"code": "Math.abs", "cursor_pos": 8, "detail_level": 0})["found"])
        self.assertEqual(ask("is_complete_request", {"code": "for (;;) {"})["status"], "incomplete")
        self.assertEqual(ask("comm_info_request", {})["comms"], {})

    def test_inspection_gives_html_too_and_the_source_when_asked_for_more(self):
        self.kernel.reply(self.kernel.execute("/** Doubles <b>it</b>. */ int doubled(int n) { return 2 * n; }", self.subshell))
        question = {"code": "doubled(3)", "cursor_pos": 4}
        brief, whole = (
            self.kernel.ask("shell", "inspect_request", {**question, "detail_level": level}, self.subshell)["data"]
            for level in (0, 1)
        )
        self.assertEqual(brief["text/plain"], "int doubled(int n)\n\nDoubles it.")
        self.assertEqual(brief["text/html"], "<pre>int doubled(int n)</pre>Doubles <b>it</b>.")
        self.assertIn("return 2 * n", whole["text/plain"])

    def test_a_cell_runs_and_its_output_is_its_own(self):
        request = self.kernel.execute('System.out.print("sub"); shared * 2', self.subshell)
        published = self.kernel.published(request)
        self.assertEqual(self.text(published), "sub")
        self.assertEqual(self.kernel.reply(request)["content"]["status"], "ok")

    def test_interrupt_reaches_them(self):
        request = self.kernel.execute("Thread.sleep(100_000);", self.subshell)
        self.kernel.published(request, lambda message: message["msg_type"] == "execute_input")
        self.kernel.interrupt()
        self.assertEqual(self.kernel.reply(request)["content"]["ename"], "Interrupted")

    def test_they_are_listed(self):
        self.assertIn(self.subshell, self.kernel.ask("control", "list_subshell_request", {})["subshell_id"])


class Robustness(ProtocolTest):
    def raw(self, frames, channel="shell"):
        getattr(self.kernel.client, channel + "_channel").socket.send_multipart(frames)

    def assertAlive(self):
        self.assertEqual(self.kernel.run("1 + 1")[0]["status"], "ok")
        self.assertEqual(self.kernel.ask("control", "kernel_info_request", {})["status"], "ok")

    def test_frames_that_are_no_message(self):
        session = self.kernel.client.session
        for channel in ("shell", "control", "stdin"):
            self.raw([b"noise"], channel)
            self.raw([b"<IDS|MSG>", b"", b"{", b"}", b"", b"\xff"], channel)
            self.raw([b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b"{}"], channel)
            body = [b"[1]", b"{}", b"{}", b"{}"]
            self.raw([b"<IDS|MSG>", session.sign(body), *body], channel)
            deep = [b"{}", b"{}", b"{}", b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"]
            self.raw([b"<IDS|MSG>", session.sign(deep), *deep], channel)
        self.assertAlive()

    def test_a_bad_signature(self):
        message = self.kernel.client.session.msg("execute_request", {"code": "int forged = 1;"})
        frames = self.kernel.client.session.serialize(message)
        frames[1] = b"0" * 64
        self.raw(frames)
        reply, _ = self.kernel.run("forged")
        self.assertEqual(reply["status"], "error")

    def test_unknown_types_and_odd_contents(self):
        for channel in ("shell", "control"):
            for kind in ("no_such_request", "no_such_thing", ""):
                self.kernel.published(self.kernel.send(channel, kind, {}))
        for content in ({}, {"code": 5}, {"code": None}, {"code": "x", "cursor_pos": 10**12},
                        {"code": "x", "cursor_pos": -5}, {"code": [], "user_expressions": {"a": []}}):
            for kind in ("execute_request", "complete_request", "inspect_request", "is_complete_request",
                         "history_request", "comm_open", "comm_msg", "comm_info_request"):
                self.kernel.published(self.kernel.send("shell", kind, content))
        self.assertAlive()

    def test_a_replayed_message_runs_no_cell_twice(self):
        self.kernel.run("int replays = 0;")
        frames = self.kernel.client.session.serialize(self.kernel.client.session.msg("execute_request", {
            "code": "replays++;", "silent": False}))
        for _ in range(3):
            self.raw(frames)
        _, published = self.kernel.run("replays")
        results = [m["content"]["data"]["text/plain"] for m in published if m["msg_type"] == "execute_result"]
        self.assertEqual(results, ["1"])

    def test_an_error_in_a_handler(self):
        for code in ("throw new StackOverflowError();", "throw new OutOfMemoryError();", "throw new ThreadDeath();",
                     "throw new LinkageError();", "new Object() { public String toString() { throw new Error(); } }"):
            self.kernel.run(code)
        self.assertAlive()

    def test_huge_messages(self):
        text = "x" * (20 << 20)
        reply, _ = self.kernel.run("/* " + text + " */ 1")
        self.assertEqual(reply["status"], "ok")
        self.kernel.published(self.kernel.send("shell", "comm_msg", {"comm_id": "none", "data": {}}))
        _, published = self.kernel.run('System.out.print("y".repeat(20 << 20));')
        self.assertEqual(len(self.text(published)), 20 << 20)

    def test_control_and_heartbeat_answer_while_a_cell_loops(self):
        busy = self.kernel.busy()
        started = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.kernel.ask("control", "kernel_info_request", {})["status"], "ok")
        self.assertLess(time.monotonic() - started, 20)
        self.assertTrue(self.kernel.client.hb_channel.is_beating())
        self.kernel.interrupt()
        self.kernel.reply(busy)

    def test_interrupt_by_signal(self):
        busy = self.kernel.busy()
        self.kernel.process.send_signal(signal.SIGINT)
        self.assertEqual(self.kernel.reply(busy)["content"]["ename"], "Interrupted")
        self.assertAlive()


class History(unittest.TestCase):
    def test_it_reaches_into_earlier_sessions(self):
        with tempfile.TemporaryDirectory() as place:
            kernel = Kernel(CAIRN_HISTORY=place)
            kernel.run("int first = 1;")
            kernel.run("first + 1")
            kernel.run("first + 2", silent=True)
            kernel.stop()
            kernel = Kernel(CAIRN_HISTORY=place)
            try:
                kernel.run("int second = 2;")
                ask = lambda **content: kernel.ask("shell", "history_request", {
                    "output": False, "raw": True, **content})["history"]
                self.assertEqual(ask(hist_access_type="tail", n=10), [
                    [1, 1, "int first = 1;"], [1, 2, "first + 1"], [2, 1, "int second = 2;"]])
                self.assertEqual(ask(hist_access_type="range", session=-1, start=2, stop=9, output=True), [
                    [1, 2, ["first + 1", "2"]]])
                self.assertEqual(ask(hist_access_type="search", pattern="*first*", n=1), [[1, 2, "first + 1"]])
            finally:
                kernel.stop()
            for file in Path(place).iterdir():
                self.assertEqual(file.stat().st_mode & 0o777, 0o600)


class End(unittest.TestCase):
    def test_shutdown_ends_the_process_at_once_while_a_cell_loops(self):
        kernel = Kernel()
        process = kernel.process
        kernel.busy()
        self.assertEqual(kernel.ask("control", "shutdown_request", {"restart": False})["status"], "ok")
        process.wait(timeout=3)
        kernel.stop()

    def test_it_ends_with_its_parent(self):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        kernel = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait()
        kernel.wait(timeout=30)


PARENT = """
import sys, time
from jupyter_client import KernelManager
manager = KernelManager(kernel_name="cairn-java")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=60)
print(manager.provisioner.process.pid, flush=True)
time.sleep(600)
"""
