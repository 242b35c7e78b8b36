#!/usr/bin/env python3
"""Times Jupyter kernels against each other through jupyter_client, taking turns, so that a busy machine hits all alike.

    kernel_bench.py [--rounds N] [--cells N] KERNEL...

KERNEL are names of kernel specs, as `jupyter kernelspec list` shows them; the first is compared with the others.
Measured, medians over all rounds:
  start      from starting the process to the result of the first cell, in seconds
  info       round trip of kernel_info_request in a warm session, in milliseconds
  cell       round trip of a trivial cell in a warm session, until reply and idle are both there, in milliseconds
  start cpu  processor time up to the first result, in seconds, child processes included
  cell cpu   processor time of a trivial cell, in milliseconds
The processor times say more than the clock on a machine that has other things to do; they need psutil.
"""
import argparse
import json
import statistics
import time

import psutil
from jupyter_client import KernelManager

TIMEOUT = 120


def reply_and_idle(client, message_id):
    """Waits for both ends of an execution; gives the text of its result."""
    result = None
    client.get_shell_msg(timeout=TIMEOUT)
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != message_id:
            continue
        if message["msg_type"] == "execute_result":
            result = message["content"]["data"]["text/plain"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return result


def timed(action):
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def processor_seconds(pid):
    """Of a process and those it started, which are all alive."""
    process = psutil.Process(pid)
    times = [p.cpu_times() for p in [process, *process.children(recursive=True)]]
    return sum(t.user + t.system for t in times)


def run_cell(client, code, expected):
    result = reply_and_idle(client, client.execute(code))
    assert result == expected, f"{code} gave {result}, not {expected}"


def round_of(kernel, cells):
    """Starts one kernel and measures it."""
    begun = time.perf_counter()
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=TIMEOUT)
        run_cell(client, "1 + 1", "2")
        start = time.perf_counter() - begun
        pid = manager.provisioner.process.pid
        start_cpu = processor_seconds(pid)
        for i in range(cells):  # warming up
            run_cell(client, f"{i} + 1", str(i + 1))
        info = [timed(lambda: client.kernel_info(reply=True, timeout=TIMEOUT)) for _ in range(cells)]
        cpu_before = processor_seconds(pid)
        cell = [timed(lambda i=i: run_cell(client, f"{i} + 2", str(i + 2))) for i in range(cells)]
        cell_cpu = (processor_seconds(pid) - cpu_before) / cells
        return {
            "start s": start,
            "info ms": 1000 * statistics.median(info),
            "cell ms": 1000 * statistics.median(cell),
            "start cpu s": start_cpu,
            "cell cpu ms": 1000 * cell_cpu,
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cells", type=int, default=50)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("kernels", nargs="+", metavar="KERNEL")
    options = parser.parse_args()

    rounds = {kernel: [] for kernel in options.kernels}
    for _ in range(options.rounds):
        for kernel in options.kernels:
            rounds[kernel].append(round_of(kernel, options.cells))
    medians = {
        kernel: {name: statistics.median(r[name] for r in measured) for name in measured[0]}
        for kernel, measured in rounds.items()
    }
    if options.json:
        print(json.dumps(medians, indent=1))
        return
    first = options.kernels[0]
    names = list(medians[first])
    print(f"{'kernel':20}" + "".join(f"{name:>13}" for name in names))
    for kernel, values in medians.items():
        print(f"{kernel:20}" + "".join(f"{values[name]:13.2f}" for name in names))
        if kernel != first:
            shares = "".join(f"{medians[first][name] / values[name]:13.2f}" for name in names)
            print(f"{'  ' + first + ' / it':20}" + shares)


if __name__ == "__main__":
    main()
