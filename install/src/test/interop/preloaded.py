#!/usr/bin/env python3
"""DVC with its modules already loaded: most of a command's time goes into imports.

    preloaded.py serve SOCKET       loads DVC once, then runs each command that comes in a process forked for it
    preloaded.py SOCKET ARGUMENT... runs a command there, with this process's folder, environment and streams

The command is killed when the process that asked for it is.
"""
import array
import json
import os
import socket
import sys


def ask(path, arguments):
    import signal

    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    streams = array.array("i", [0, 1, 2])
    client.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
    question = {"folder": os.getcwd(), "environment": dict(os.environ), "arguments": arguments}
    client.sendall(json.dumps(question).encode() + b"\n")
    answer = client.makefile().readline()
    if not answer:
        os.kill(os.getpid(), signal.SIGKILL)
    return int(answer)


def run(connection):
    """In a process of its own: becomes the command, and tells its exit status."""
    import atexit
    import random
    import tempfile
    import threading
    import time

    _, ancillary, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(3 * array.array("i").itemsize))
    streams = array.array("i")
    streams.frombytes(ancillary[0][2])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    reader = connection.makefile()
    question = json.loads(reader.readline())
    os.setsid()

    has_ended = threading.Event()

    def watch():
        reader.readline()  # nothing more is sent: this is the end of who asked
        if not has_ended.is_set():
            os.killpg(0, 9)

    threading.Thread(target=watch, daemon=True).start()
    os.environ.clear()
    os.environ.update(question["environment"])
    os.chdir(question["folder"])
    # What a new interpreter would have taken from its environment.
    time.tzset()
    tempfile.tempdir = None
    random.seed()
    sys.argv = ["dvc", *question["arguments"]]

    from dvc.cli import main

    try:
        status = main()
    except SystemExit as e:
        status = e.code if isinstance(e.code, int) else int(e.code is not None)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    has_ended.set()
    connection.sendall(f"{status or 0}\n".encode())
    os._exit(0)


def load():
    import importlib
    import pkgutil

    import dvc.cli
    import dvc.commands

    for module in pkgutil.walk_packages(dvc.commands.__path__, "dvc.commands."):
        importlib.import_module(module.name)
    for name in ("dvc.repo.experiments.executor.local", "dvc.stage.serialize", "dvc_data.index", "dvc_render"):
        importlib.import_module(name)


def serve(path):
    import gc
    import signal

    load()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(16)
    parent = os.getppid()
    server.settimeout(5)
    while os.getppid() == parent:
        try:
            connection, _ = server.accept()
        except socket.timeout:
            continue
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.settimeout(None)
            run(connection)
        connection.close()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(ask(sys.argv[1], sys.argv[2:]))
