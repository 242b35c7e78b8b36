"""Checkpoints of a loop in a cell, by the real kernel: looked at with Git and with DVC, also after the kernel was killed."""
import json
import os
import random
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from protocol_tests import Kernel

TRACK = """
int step = 0;
Checkpoint.track("models/net.bin", p -> Files.writeString(p, step + " " + "x".repeat(1 << 20)), p -> {});
"""
LOOP = 'for (step = 1; step <= %d; step++) Checkpoint.make(Map.of("step", step));'


class Project:
    """A new repository with an empty project in it."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.git("init", "-q", ".")
        self.git("config", "user.name", "Ada")
        self.git("config", "user.email", "ada@example.org")
        self.dvc("init", "-q")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "first")

    def git(self, *words):
        return self.command("git", *words)

    def dvc(self, *words):
        return self.command(os.environ["DVC"], *words)

    def command(self, *words):
        done = subprocess.run(words, cwd=self.directory, env={**os.environ, "DVC_NO_ANALYTICS": "1"},
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def checkpoints(self):
        """The commits of the one experiment, the first first."""
        refs = self.git("for-each-ref", "--format=%(refname)", "refs/exps/??/*/*").split()
        return self.git("rev-list", "--reverse", *refs, "^HEAD").split() if refs else []

    def kept_steps(self):
        """The step of each checkpoint, which its metrics and its model's file in the cache agree on."""
        steps = []
        for commit in self.checkpoints():
            step = json.loads(self.git("show", commit + ":checkpoint/metrics.json"))["step"]
            md5 = re.search(r"md5: (\w{32})", self.git("show", commit + ":models/net.bin.dvc")).group(1)
            with open(self.directory / ".dvc/cache" / md5[:2] / md5[2:]) as model:
                content = model.read()
            if content != f"{step} " + "x" * (1 << 20):
                raise AssertionError(f"the model of step {step} is {content[:20]!r}… of {len(content)}")
            steps.append(step)
        return steps


class Loops(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.project = Project(directory.name)

    def kernel(self):
        kernel = Kernel()
        self.addCleanup(kernel.stop)
        kernel.run(f"%cd {self.project.directory}")
        reply, _ = kernel.run(TRACK)
        self.assertEqual(reply["status"], "ok", reply)
        return kernel

    def test_two_hundred_steps_are_all_there_and_dvc_restores_them(self):
        reply, _ = self.kernel().run(LOOP % 200)
        self.assertEqual(reply["status"], "ok", reply)

        self.assertEqual(self.project.kept_steps(), list(range(1, 201)))
        shown = self.project.dvc("exp", "show", "--csv")
        commits = self.project.checkpoints()
        self.assertTrue(all(commit[:7] in shown for commit in commits[:-1]), shown)
        for file in ("checkpoint", "models"):
            self.project.command("rm", "-r", file)
        self.project.dvc("exp", "apply", commits[99])
        self.assertTrue((self.project.directory / "models/net.bin").read_text().startswith("100 "))

    def test_what_was_said_to_be_recorded_is_there_after_a_kill(self):
        seed = random.randrange(1 << 32)
        with self.subTest(seed=seed):
            self.kill_when_said(random.Random(seed).randint(1, 150))

    def kill_when_said(self, number):
        kernel = self.kernel()
        published = kernel.published(kernel.execute(LOOP % 200), lambda message: said(message) >= number)
        kernel.process.kill()

        steps = self.project.kept_steps()
        self.assertEqual(steps, list(range(1, len(steps) + 1)))
        self.assertGreaterEqual(len(steps), said(published[-1]))
        self.project.git("fsck", "--strict")
        self.assertEqual(self.project.git("status", "--short", "--untracked-files=no"), "")

        reply, _ = self.kernel().run(f"%checkpoint resume\nCheckpoint.make(Map.of(\"step\", step = {len(steps) + 1}));")
        self.assertEqual(reply["status"], "ok", reply)
        self.assertEqual(self.project.kept_steps(), list(range(1, len(steps) + 2)))


def said(message):
    """How many checkpoints a message says are recorded."""
    text = message["content"].get("data", {}).get("text/plain", "")
    found = re.match(r"Checkpoints? (?:1 to )?(\d+) of ", text)
    return int(found.group(1)) if found else 0
