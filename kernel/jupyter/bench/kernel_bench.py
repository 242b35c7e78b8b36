#!/usr/bin/env python3
"""Times Jupyter kernels against each other through jupyter_client, taking turns, so that a busy machine hits all alike.

    kernel_bench.py [--rounds N] [--cells N] [--json FILE] [KERNEL...]

KERNEL are names of kernel specs, as `jupyter kernelspec list` shows them, by default cairn-java, java (JJava) and python3
(ipykernel); the first is compared with the others. Prints a Markdown table of the medians over all rounds. Processor times
and memory are those of the kernel and the processes it started.
"""
import argparse
import json
import os
import platform
import queue
import statistics
import sys
import time

import psutil
from jupyter_client import KernelManager

TIMEOUT = 300
SILENCE = 30  # seconds after which nothing more is expected
MEBIBYTE = 1024 * 1024
STATEMENTS = 100
LINES = 100_000
WARM_UP = 30

# What to run, by the language of the kernel.
CODE = {
    "java": {
        "complete": "String text = \"\"; text.sub",
        "statement": "int {name} = {i};",
        "print": f'for (int i = 0; i < {LINES}; i++) System.out.println("line " + i);',
    },
    "python": {
        "complete": "text = ''\ntext.sta",
        "statement": "{name} = {i}",
        "print": f'for i in range({LINES}): print("line", i)',
    },
}

# Name in the table, its unit, and how many digits make sense.
MEASURES = {
    "start": ("start to the first result", "s", 2),
    "start cpu": ("… of that processor time", "s", 2),
    "info": ("warm `kernel_info` round trip", "ms", 1),
    "cell": ("warm cell `1 + 1`", "ms", 1),
    "cell cpu": ("… of that processor time", "ms", 1),
    "first cells": ("the first 100 cells of a session, each", "ms", 1),
    "last cells": ("the last 100 of {cells} cells, each", "ms", 1),
    "complete": ("completion of a member", "ms", 1),
    "statements": (f"cell of {STATEMENTS} statements", "ms", 0),
    "lines": (f"{LINES:,} lines of output", "s", 2),
    "lines lost": ("… of them lost", "", 0),
    "idle": ("memory after the first result", "MiB", 0),
    "growth": ("… and more after 500 cells", "MiB", 0),
}


class Kernel:
    """A kernel that runs, and the client that talks to it."""

    def __init__(self, name):
        self.manager = KernelManager(kernel_name=name)
        self.code = CODE[self.manager.kernel_spec.language.lower()]
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code):
        """Runs a cell until reply and idle are both there; gives the text of its result and what it printed."""
        message_id = self.client.execute(code)
        result, printed = None, []
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != message_id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "execute_result":
                result = content["data"]["text/plain"]
            elif kind == "stream":
                printed.append(content["text"])
            elif kind == "status" and content["execution_state"] == "idle":
                break
        reply = self.client.get_shell_msg(timeout=TIMEOUT)
        while reply["parent_header"].get("msg_id") != message_id:  # a late answer to a question of the start
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
        assert reply["content"]["status"] == "ok", f"{code[:80]}: {reply['content']}"
        return result, "".join(printed)

    def sum(self, i):
        result, _ = self.run(f"{i} + 1")
        assert result == str(i + 1), f"{i} + 1 gave {result}"

    def flood(self):
        """Has very many lines printed. The seconds until the cell was over, if it ever said so, and the lines lost."""
        begun = time.perf_counter()
        message_id = self.client.execute(self.code["print"])
        lines = 0
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=SILENCE)
            except queue.Empty:
                return None, LINES - lines
            if message["parent_header"].get("msg_id") != message_id:
                continue
            if message["msg_type"] == "stream":
                lines += message["content"]["text"].count("\n")
            elif message["content"].get("execution_state") == "idle":
                return time.perf_counter() - begun, LINES - lines

    def complete(self):
        code = self.code["complete"]
        reply = self.client.complete(code, len(code), reply=True, timeout=TIMEOUT)
        assert reply["content"]["matches"], reply

    def processes(self):
        process = psutil.Process(self.manager.provisioner.process.pid)
        return [process, *process.children(recursive=True)]

    def processor_seconds(self):
        return sum(t.user + t.system for t in (p.cpu_times() for p in self.processes()))

    def memory(self):
        return sum(p.memory_info().rss for p in self.processes()) / MEBIBYTE


def seconds(action):
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def median_millis(times):
    return 1000 * statistics.median(times)


def median_or_none(values):
    """The median, or nothing when a round gave none."""
    return None if None in values else statistics.median(values)


def round_of(name, cells):
    """Starts one kernel and measures it."""
    begun = time.perf_counter()
    with Kernel(name) as kernel:
        kernel.client.wait_for_ready(timeout=TIMEOUT)
        kernel.sum(1)
        found = {"start": time.perf_counter() - begun, "start cpu": kernel.processor_seconds(), "idle": kernel.memory()}
        times = [seconds(lambda i=i: kernel.sum(i)) for i in range(WARM_UP)]
        cpu, measured = kernel.processor_seconds(), len(times)
        times += [seconds(lambda i=i: kernel.sum(i)) for i in range(WARM_UP, min(500, cells))]
        found["cell cpu"] = 1000 * (kernel.processor_seconds() - cpu) / (len(times) - measured)
        found["growth"] = kernel.memory() - found["idle"]
        times += [seconds(lambda i=i: kernel.sum(i)) for i in range(500, cells)]
        found["info"] = median_millis(
            seconds(lambda: kernel.client.kernel_info(reply=True, timeout=TIMEOUT)) for _ in range(WARM_UP)
        )
        found["cell"] = median_millis(times[WARM_UP:])
        found["first cells"], found["last cells"] = median_millis(times[:100]), median_millis(times[-100:])
        found["complete"] = median_millis(seconds(kernel.complete) for _ in range(WARM_UP))
        blocks = [
            "\n".join(kernel.code["statement"].format(name=f"v{block}x{i}", i=i) for i in range(STATEMENTS))
            for block in range(5)
        ]
        found["statements"] = median_millis([seconds(lambda b=b: kernel.run(b)) for b in blocks])
        found["lines"], found["lines lost"] = kernel.flood()
        return found


def table(medians, cells):
    """Markdown: a row a measure, a column a kernel, and the first kernel's share of each other's figure."""
    first, *others = medians
    heads = [*medians, *(f"{first} / {other}" for other in others)]
    yield "| | " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * len(heads)
    for measure, (title, unit, digits) in MEASURES.items():
        values = [medians[kernel][measure] for kernel in medians]
        shown = ["never over" if value is None else f"{value:,.{digits}f} {unit}".strip() for value in values]
        shares = [f"{values[0] / value:.2f}" if values[0] is not None and value else "" for value in values[1:]]
        yield f"| {title.format(cells=f'{cells:,}')} | " + " | ".join(shown + shares) + " |"


def main():
    os.environ["CAIRN_HISTORY"] = "off"  # the cells are nobody's
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cells", type=int, default=1000, help="length of the long session (1000)")
    parser.add_argument("--json", metavar="FILE", help="write the figures of every round, as they come")
    parser.add_argument("kernels", nargs="*", metavar="KERNEL", default=["cairn-java", "java", "python3"])
    options = parser.parse_args()

    rounds = {kernel: [] for kernel in options.kernels}
    for number in range(options.rounds):
        for kernel in options.kernels:
            print(f"round {number + 1} of {options.rounds}: {kernel}", file=sys.stderr, flush=True)
            rounds[kernel].append(round_of(kernel, options.cells))
            if options.json:
                with open(options.json, "w", encoding="utf-8") as file:
                    json.dump(rounds, file, indent=1)
    medians = {
        kernel: {name: median_or_none([r[name] for r in measured]) for name in MEASURES}
        for kernel, measured in rounds.items()
    }
    print("\n".join(table(medians, options.cells)))
    load = psutil.getloadavg()[0]
    print(f"\nMedians of {options.rounds} rounds; {psutil.cpu_count()} processors, {platform.system()}, load {load:.1f} at the end.")


if __name__ == "__main__":
    main()
