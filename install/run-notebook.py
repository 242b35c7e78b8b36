"""Runs a notebook in Jupyter's own client and writes it with its outputs, and as HTML.

    python run-notebook.py IN.ipynb -o OUT.ipynb [--html OUT.html] [-p NAME=VALUE]... [--cwd DIR] [--kernel NAME]
                           [--timeout SECONDS]

A parameter is a text that takes the place of the one in the cell tagged `parameters`. Needs nbclient and nbconvert. Prints a line a cell. Exit status 1 when a cell fails that is not tagged `raises-exception`;
what ran so far is written all the same.
"""
import argparse
import json
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter


def title(source):
    """The first line that says what a cell does."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    return (lines[0][:70] if lines else "(empty)")


def inject(notebook, parameters):
    """Adds a cell with the parameters behind the one tagged `parameters`, or at the beginning."""
    if not parameters:
        return
    tagged = [i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    defaults = notebook.cells[tagged[0]].source if tagged else ""
    lines = ["// Parameters"]
    for name, value in (p.split("=", 1) for p in parameters):
        declared = re.search(rf"\b{re.escape(name)}\s*[=;]", defaults)
        lines.append(f"{'' if declared else 'var '}{name} = {json.dumps(value)};")
    cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(tagged[0] + 1 if tagged else 0, cell)


class Progress:
    def __init__(self, notebook):
        cells = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        self.number = {index: n for n, index in enumerate(cells, 1)}
        self.cells, self.started = len(cells), 0.0

    def start(self, cell, cell_index):
        self.started = time.monotonic()
        print(f"  [{self.number[cell_index]:2}/{self.cells}] {title(cell.source)}", end="", flush=True)

    def end(self, cell, cell_index, **_):
        print(f"  ({time.monotonic() - self.started:.1f} s)", flush=True)


def run(options):
    notebook = nbformat.read(options.input, as_version=4)
    inject(notebook, options.parameters)
    progress = Progress(notebook)
    client = NotebookClient(
        notebook, kernel_name=options.kernel, timeout=options.timeout, resources={"metadata": {"path": options.cwd}},
        on_cell_execute=progress.start, on_cell_executed=progress.end)
    problem = None
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
        problem = str(error)
    nbformat.write(notebook, options.output)
    if options.html:
        body, _ = HTMLExporter().from_notebook_node(notebook, resources={"metadata": {"name": Path(options.input).stem}})
        with open(options.html, "w", encoding="utf-8") as file:
            file.write(body)
    return problem


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--html")
    parser.add_argument("-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--cwd", default=".")
    parser.add_argument("--kernel", default="cairn-java")
    parser.add_argument("--timeout", type=int, default=300, help="seconds a cell may take")
    problem = run(parser.parse_args())
    if problem:
        print(f"\n\n{problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
