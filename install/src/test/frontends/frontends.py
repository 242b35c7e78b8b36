"""Runs a small notebook on the kernel "cairn-java" in each of Jupyter's front ends, as a user would start them.

    python frontends.py FRONT_END        nbclient, nbconvert, console, papermill, notebook or lab
    python frontends.py first-start      the first kernel of a fresh installation, which has its class archive made

Works in the current directory. Silent and with status 0 when the front end showed what it should.
"""
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output
import websocket

KERNEL = "cairn-java"
TIMEOUT = 120
METADATA = {"kernelspec": {"name": KERNEL, "display_name": "Java (Cairn)", "language": "java"}}


def notebook():
    """Defaults in a cell of parameters, output, a value, and rich output."""
    cells = [
        new_code_cell('double rate = 0.5;\nint epochs = 2;\nString label = "plain";', metadata={"tags": ["parameters"]}),
        new_code_cell('System.out.println(label + " " + epochs);'),
        new_code_cell("rate / 2"),
        new_code_cell('%%html\n<b id="rich">rich</b>'),
    ]
    return new_notebook(cells=cells, metadata=METADATA)


def check(executed, printed, value):
    """What the last three cells show."""
    first, second, third = executed.cells[-3:]
    assert first.outputs == [new_output("stream", name="stdout", text=printed + "\n")], first.outputs
    assert second.outputs[0].data["text/plain"] == value, second.outputs
    assert 'id="rich"' in third.outputs[0].data["text/html"], third.outputs


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, **options)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def first_start():
    archive = Path(sys.prefix, "share/cairn/archive")
    assert not archive.exists()
    nbclient()
    deadline = time.monotonic() + TIMEOUT
    while not list(archive.glob("*.jsa")):
        assert time.monotonic() < deadline, "no class archive came"
        time.sleep(0.1)


def nbclient():
    from nbclient import NotebookClient

    executed = notebook()
    NotebookClient(executed, timeout=TIMEOUT).execute()
    check(executed, "plain 2", "0.25")


def nbconvert():
    nbformat.write(notebook(), "in.ipynb")
    run(sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output", "out.html", "in.ipynb")
    page = Path("out.html").read_text(encoding="utf-8")
    for shown in ("plain 2", "0.25", 'id="rich"'):
        assert shown in page, f"'{shown}' is not in out.html"


def console():
    shown = run(
        sys.executable, "-m", "jupyter_console", "--kernel", KERNEL, "--simple-prompt", "--ZMQTerminalInteractiveShell.banner=",
        input='int answer = 6 * 7;\n"the answer is " + answer\nexit\n',
    )
    assert "the answer is 42" in shown, shown


def papermill():
    nbformat.write(notebook(), "in.ipynb")
    run(sys.executable, "-m", "papermill", "in.ipynb", "defaults.ipynb")
    check(nbformat.read("defaults.ipynb", 4), "plain 2", "0.25")
    # 1 is a whole number, but the notebook declares a double: half of it is 0.5 and not 0.
    run(sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-p", "rate", "1", "-p", "label", 'a "b" \\ \u00e9')
    executed = nbformat.read("out.ipynb", 4)
    check(executed, 'a "b" \\ \u00e9 2', "0.5")
    [injected] = [cell for cell in executed.cells if "injected-parameters" in cell.metadata.get("tags", [])]
    assert injected.source.splitlines()[:2] == ["// Parameters", "double rate = 1.0;"], injected.source
    assert describe_parameters() == [("rate", "double", "0.5"), ("epochs", "int", "2"), ("label", "String", '"plain"')]


def describe_parameters():
    """What `papermill --help-notebook` makes its text of."""
    from cairn_kernel.papermill import JavaTranslator

    return [(found.name, found.inferred_type_name, found.default) for found in JavaTranslator.inspect(notebook().cells[0])]


class Server:
    """A Jupyter server of its own, on a free port."""

    def __init__(self, application):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open("server.log", "wb")
        root = ["--allow-root"] if os.getuid() == 0 else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", application, "--no-browser", f"--port={self.port}", "--IdentityProvider.token=test", *root],
            stdout=self.log, stderr=subprocess.STDOUT,
        )

    def request(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "token test", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.read()

    def await_start(self):
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return self.request("GET", "/api/status")
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start:\n" + Path("server.log").read_text())

    def channels(self, kernel):
        return websocket.create_connection(
            f"ws://127.0.0.1:{self.port}/api/kernels/{kernel}/channels?token=test", timeout=TIMEOUT
        )

    def stop(self):
        self.request("POST", "/api/shutdown")
        self.process.wait(TIMEOUT)


def execute(channels, number, code):
    """The outputs of a cell, by the server's websocket."""
    header = {"msg_id": f"cell-{number}", "session": "test", "username": "test", "date": "2026-01-01T00:00:00Z",
              "msg_type": "execute_request", "version": "5.4"}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
               "stop_on_error": True}
    channels.send(json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content,
                              "buffers": [], "channel": "shell"}))
    outputs, ended = [], set()
    while ended != {"idle", "reply"}:
        message = json.loads(channels.recv())
        if message["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if message["msg_type"] in ("stream", "execute_result", "display_data", "error"):
            outputs.append(nbformat.from_dict({"output_type": message["msg_type"], **message["content"]}))
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            ended.add("idle")
        if message["msg_type"] == "execute_reply":
            ended.add("reply")
    return outputs


def in_server(application, page, title):
    server = Server(application)
    try:
        server.await_start()
        assert title in server.request("GET", page).decode(), page
        assert KERNEL in json.loads(server.request("GET", "/api/kernelspecs"))["kernelspecs"]
        kernel = json.loads(server.request("POST", "/api/kernels", {"name": KERNEL}))["id"]
        channels = server.channels(kernel)
        executed = notebook()
        for number, cell in enumerate(executed.cells):
            cell.outputs = execute(channels, number, cell.source)
        channels.close()
        first, second, third = executed.cells[-3:]
        assert [output.text for output in first.outputs] == ["plain 2\n"], first.outputs
        assert second.outputs[0].data["text/plain"] == "0.25", second.outputs
        assert 'id="rich"' in third.outputs[0].data["text/html"], third.outputs
        server.request("DELETE", f"/api/kernels/{kernel}")
        assert json.loads(server.request("GET", "/api/kernels")) == []
        server.stop()
    finally:
        server.process.kill()


def lab():
    in_server("jupyterlab", "/lab", "<title>JupyterLab</title>")


FRONT_ENDS = {
    "first-start": first_start,
    "nbclient": nbclient,
    "nbconvert": nbconvert,
    "console": console,
    "papermill": papermill,
    "notebook": lambda: in_server("notebook", "/tree", "<title>Home</title>"),
    "lab": lab,
}

if __name__ == "__main__":
    FRONT_ENDS[sys.argv[1]]()
