"""Runs the protocol's tests against the installed kernel and writes what came of each as JSON.

    python run.py REPORT.json [suite] [protocol] [everyday] [checkpoint]

Needs jupyter_client, jupyter_kernel_test and psutil, a kernel named cairn-java on Jupyter's path, and DVC in the variable DVC.
"""
import json
import signal
import sys
import time
import unittest

GROUPS = {"suite": "suite", "protocol": "protocol_tests", "everyday": "everyday_tests",
          "checkpoint": "checkpoint_tests"}


class Recorder(unittest.TextTestResult):
    """Keeps a row a test."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.rows = {}

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def stopTest(self, test):
        row = self.rows.setdefault(test.id(), {"name": test.id(), "passed": True, "skipped": False, "problem": ""})
        row["seconds"] = round(time.monotonic() - self.began, 2)
        super().stopTest(test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, skipped=True, problem=reason)

    def addError(self, test, error):
        super().addError(test, error)
        self.note(test, passed=False, problem=self._exc_info_to_string(error, test))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note(test, passed=False, problem=self._exc_info_to_string(error, test))

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.note(test, passed=False, problem=self._exc_info_to_string(error, subtest))

    def note(self, test, **facts):
        row = self.rows.setdefault(test.id(), {"name": test.id(), "passed": True, "skipped": False, "problem": ""})
        row.update(facts)


def main():
    report, *groups = sys.argv[1:]
    # A build in the background ignores interrupts, and so would the kernels it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    loader = unittest.defaultTestLoader
    tests = unittest.TestSuite(loader.loadTestsFromName(GROUPS.get(g, g)) for g in groups or GROUPS)
    result = unittest.TextTestRunner(sys.stdout, verbosity=2, resultclass=Recorder).run(tests)
    rows = list(result.rows.values())
    with open(report, "w") as file:
        json.dump(rows, file, indent=1)
    failed = sum(not row["passed"] for row in rows)
    skipped = sum(row["skipped"] for row in rows)
    print(f"{len(rows)} tests: {len(rows) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
