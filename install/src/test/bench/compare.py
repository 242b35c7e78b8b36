#!/usr/bin/env python3
"""Runs workloads of bench.py with DVC and with Cairn, taking turns, so that a busy machine hits both alike; prints the ratios.

    compare.py --dvc "target/dvc/bin/dvc" --cairn "target/cairn/bin/cairn session" [--rounds N] [W1 W3 ...] [-- OPTIONS OF bench.py]

Each tool's figure is the median over the rounds of the median in a round. Cairn is a warm session, DVC a process a command.
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench.py")


def absolute(command):
    """The command, runnable from any directory."""
    program, *rest = shlex.split(command)
    return shlex.join([os.path.abspath(program) if os.sep in program else program, *rest])


def measure(kind, command, work, workloads, options):
    """One round of one tool: seconds by case."""
    out = os.path.join(work, "rows.jsonl")
    if os.path.exists(out):
        os.remove(out)
    subprocess.run(
        [sys.executable, BENCH, kind, command, "--work", work, "--out", out, *workloads, *options],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with open(out) as rows:
        return {row["w"] + "  " + row["case"]: row["wall_s"]["median"] for row in map(json.loads, rows)}


def main():
    arguments, options = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", default=["W1", "W3"])
    parser.add_argument("--dvc", required=True)
    parser.add_argument("--cairn", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    figures = {}
    with tempfile.TemporaryDirectory() as work:
        for _ in range(chosen.rounds):
            for tool, kind, command in (("dvc", "--tool", absolute(chosen.dvc)), ("cairn", "--session", absolute(chosen.cairn))):
                for case, seconds in measure(kind, command, work, chosen.workloads, options).items():
                    figures.setdefault(case, {}).setdefault(tool, []).append(seconds)
    print("%-50s %10s %10s %8s" % ("", "DVC s", "Cairn s", "ratio"))
    for case, by_tool in figures.items():
        if len(by_tool) == 2:
            dvc, cairn = (statistics.median(by_tool[tool]) for tool in ("dvc", "cairn"))
            print("%-50s %10.4f %10.4f   1/%.0f" % (case, dvc, cairn, dvc / cairn))


if __name__ == "__main__":
    main()
