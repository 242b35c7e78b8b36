"""Runs the experiment magics in JJava, a Java kernel of others, with our jar on its class path as its users put jars there.

    python jjava.py JAR

Works in the current directory; needs JJava's kernel specification "java" on JUPYTER_PATH. Silent and with status 0 when the
cells show what they should.
"""
import os
import subprocess
import sys
from pathlib import Path

from jupyter_client import KernelManager

TIMEOUT = 120


class Session:
    """A kernel of JJava's and the cells that it ran."""

    def __init__(self, **environment):
        self.manager = KernelManager(kernel_name="java")
        self.manager.start_kernel(env={**os.environ, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def cell(self, code, status="ok"):
        """What the cell showed: the messages' contents, by type."""
        shown = {"stream": [], "display_data": [], "update_display_data": [], "execute_result": [], "error": []}
        reply = self.client.execute_interactive(
            code, output_hook=lambda m: shown.get(m["msg_type"], []).append(m["content"]), timeout=TIMEOUT
        )
        assert reply["content"]["status"] == status, f"{code}: {shown}"
        shown["text"] = "".join(output["text"] for output in shown["stream"])
        return shown

    def result(self, code):
        """The forms of a cell's value."""
        [result] = self.cell(code)["execute_result"]
        return result["data"]


def expect(text, *parts):
    for part in parts:
        assert part in text, f"'{part}' is not in: {text}"


def make_project():
    Path("params.yaml").write_text("lr: 0.1\n")
    Path("train.sh").write_text(
        "cp params.yaml metrics.yaml\nprintf 'epoch,loss\\n1,0.5\\n2,0.4\\n' >log.csv\n"
    )
    for command in ("init -q", "config user.name Test", "config user.email test@example.org"):
        subprocess.run(["git", *command.split()], check=True)


def pipeline(session):
    expect(session.cell("%dvc init")["text"], "Initialized DVC repository.")
    session.cell("%stage add -n train -d train.sh -p lr -M metrics.yaml --plots-no-cache log.csv sh train.sh")
    session.cell("%%sh\ngit add .\ngit commit -qm Begin")


def experiments(session):
    run = session.cell("%exp run -n one -S lr=0.2")
    expect(run["display_data"][0]["data"]["text/html"], "Experiment one")
    updates = run["update_display_data"]
    assert {update["transient"]["display_id"] for update in updates} == {run["display_data"][0]["transient"]["display_id"]}
    expect(updates[-1]["data"]["text/plain"], "done", "train")
    session.cell("var rate = 0.3;")
    expect(session.cell("%exp run -n two -S lr={rate}")["display_data"][-1]["data"]["text/plain"], "two")
    expect(session.cell("%%dvc\nrepro\nexp list")["text"], "one", "two")

    table = session.result("var table = %exp show\ntable")
    expect(table["text/html"], "<table", "one", "two", "0.3")
    expect(table["text/plain"], "one", "two")
    assert 'no-such' in session.cell("%exp apply no-such", status="error")["error"][0]["evalue"]


def reports(session):
    expect(session.result("%metrics show")["text/html"], "<table", "0.3")
    expect(session.result("%params diff")["text/html"], "<table", "0.1", "0.3")
    plots = session.result("%plots show log.csv -x epoch")
    expect(plots["text/html"], "<img", "svg")
    assert plots["image/png"].startswith("iVBOR"), plots["image/png"][:20]
    assert plots["application/vnd.vegalite.v5+json"]["$schema"].startswith("https://vega.github.io"), plots


def checkpoints(session):
    expect(session.cell("%checkpoint -n by-hand loss=0.3")["text"], "Checkpoint 1 of 'by-hand'")
    expect(session.cell("%%checkpoint loss=0.2\nint steps = 2;")["text"], "Checkpoint 2 of 'by-hand'")
    session.cell("Checkpoint.make();")
    expect(session.result("%exp show")["text/plain"], "by-hand")


def main():
    jar = str(Path(sys.argv[1]).resolve())
    make_project()
    with Session(JJAVA_CLASSPATH=jar) as session:
        pipeline(session)
        experiments(session)
        reports(session)
        checkpoints(session)
    with Session() as session:
        session.cell(f"%classpath {jar}")
        expect(session.result("%exp show")["text/html"], "by-hand")


if __name__ == "__main__":
    main()
