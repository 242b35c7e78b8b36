#!/usr/bin/env python3
"""Run the same scenarios with two DVC command-line programs and compare what they leave behind.

    interop.py --oracle dvc --subject "java -jar cairn.jar" [--mode MODES] [--jobs 2] [--json report.json]
               [--record DIR | --golden DIR | --remember DIR] [--keep] [--work DIR] scenarios...

A scenario is a YAML file (or a folder of them).  It is played in a sandbox: a fresh git repository `repo/`
with its own HOME, XDG folders, TMPDIR and DVC site cache, fixed git identity and dates, and a `dvc` on PATH
that is the program under test.  The *reference* is the oracle playing every step.  Modes (comma list, or
`all`; each is compared with the same reference):

    same         the subject plays every step in a sandbox of its own
    read-theirs  the oracle plays `setup`, the subject plays `check` in that very repository
    write-ours   the subject plays `setup`, the oracle plays `check` in that very repository
    mixed        the program steps alternate: oracle, subject, oracle, ...

Scenario keys (all optional but the steps):

    about: one line                     init: true|false   lay out .dvc/ as `dvc init` does and commit (default true)
    files: {path: text}                 a value may be {x: text} (executable), {link: target} or !!binary
    lib: [train.sh]                     scripts copied from lib/ beside this file
    setup: [step...]  check: [step...]  modes: [same, ...]  the modes in which the scenario makes sense (default all)
    skip: [aspect...]  aspects not compared      also: [messages]  the one aspect that is off unless asked for
    yaml-equal: [glob...]  files compared as parsed YAML, not byte by byte
    timeout: seconds a step may take (default 300)
    unordered: true   the order of lines in .gitignore and of stages in dvc.lock is not compared (DVC runs stages that
                      do not depend on each other in an order that changes with Python's hash seed)

A step is a POSIX shell line, or {run: line, ...} with:

    fails: true     the line must exit non-zero (otherwise it must exit 0, in the reference too)
    out: [regex]    err: [regex]        must be found in stdout / stderr;  not: [regex] must be in neither
    compare: json|plots|csv|text|sorted|none   how stdout is compared (default: json with --json, csv with --csv)
    drop: [key...]  JSON keys left out of the comparison

A line in which `dvc` is called is a *program step*; all other lines are plain shell and must succeed.
`expref NAME` prints the full ref of an experiment.

Aspects: exit (zero or not, per program step), json / text (stdout), match (regexes), files (work-tree contents and
executable bits), status (git status and HEAD), heads (branches and tags: depth and tree), exps (experiment
refs: baseline, name, number of commits, tree of each), messages (their messages), exec (EXEC_APPLY and
EXEC_CHECKPOINT), queue (length of the stashes), cache, cache-mode, runs (run-cache), and the same under
`remote...` for folders beside the repository.  State is compared after `setup` and at the end.  Commit SHAs become
symbolic names, generated experiment names (adjective-noun) are numbered by content, timestamps are dropped.

Exit status: 0 when all passed.  A scenario with no comparison fails, and so does one whose reference itself does not
do what the scenario declares.
"""
import argparse
import concurrent.futures
import contextlib
import csv
import fnmatch
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
MODES = ["same", "read-theirs", "write-ours", "mixed"]
OFF_BY_DEFAULT = {"messages"}
DVCIGNORE = ("# Add patterns of files dvc should ignore, which could improve\n# the performance. Learn more at\n"
             "# https://dvc.org/doc/user-guide/dvcignore\n")
EXP_REF = re.compile(r"refs/exps/([0-9a-f]{2})/([0-9a-f]{38})/(.+)")
AUTO_NAME = re.compile(r"[a-zU]+(-[a-zU]+)?-[a-z']+(-\d+)?")
EPOCH = 1685577600  # 2023-06-01: the date of the first commit


class Scenario:
    def __init__(self, path):
        self.path, self.name = path, path.stem
        self.source = path.read_text(encoding="utf-8")
        spec = yaml.safe_load(self.source)
        known = {"about", "init", "files", "lib", "setup", "check", "modes", "skip", "also", "yaml-equal",
                 "timeout", "unordered"}
        if not isinstance(spec, dict) or set(spec) - known:
            raise SystemExit(f"{path}: unknown keys {sorted(set(spec or ()) - known)}")
        self.init = spec.get("init", True)
        self.files, self.lib = spec.get("files") or {}, spec.get("lib") or []
        self.skip = (OFF_BY_DEFAULT | set(spec.get("skip") or [])) - set(spec.get("also") or [])
        self.modes, self.timeout = spec.get("modes") or MODES, spec.get("timeout", 300)
        self.yaml_equal, self.unordered = spec.get("yaml-equal") or [], spec.get("unordered", False)
        self.phases = {}
        for phase in ("setup", "check"):
            steps = [{"run": s} if isinstance(s, str) else s for s in spec.get(phase) or []]
            for s in steps:
                extra = set(s) - {"run", "fails", "out", "err", "not", "compare", "drop"}
                if extra:
                    raise SystemExit(f"{path}: unknown step keys {sorted(extra)}")
                s["program"] = bool(re.search(r"(^|[\s;&|(`!])dvc\s", s["run"]))
            self.phases[phase] = steps

    def content(self, path, data):
        """Bytes as they are compared: text, parsed YAML (made canonical), or a hash when not text."""
        if any(fnmatch.fnmatch(path, g) for g in self.yaml_equal):
            try:
                return "yaml " + json.dumps(yaml.safe_load(data), sort_keys=True, default=str)
            except yaml.YAMLError:
                pass
        try:
            text = data.decode("utf-8")
            if self.unordered and os.path.basename(path) == ".gitignore":
                text = "".join(sorted(text.splitlines(keepends=True)))
            if self.unordered and os.path.basename(path) == "dvc.lock":
                head, *stages = re.split(r"(?m)^(?=  \S)", text)
                text = head + "".join(sorted(stages))
            if len(text) <= 20000 and "\0" not in text:
                return text
        except UnicodeDecodeError:
            pass
        return f"sha256:{hashlib.sha256(data).hexdigest()} ({len(data)} bytes)"


class Names:
    """Symbolic names for the commits and generated experiment names of one repository at one moment."""

    def __init__(self, git, scenario):
        self.git, self.sc = git, scenario
        self.commits, self.labels, self.exps, self.heads = {}, {}, [], []
        rows = [r.split(" ", 1) for r in git("for-each-ref", "--format=%(objectname) %(refname)").splitlines()]
        for sha, ref in sorted(rows, key=lambda r: (r[1] != "refs/heads/main", r[1])):
            if ref.startswith(("refs/heads/", "refs/tags/")):
                chain = git("rev-list", "--first-parent", ref).split()
                self.heads.append((ref, sha, len(chain)))
                for i, commit in enumerate(chain):
                    self.commits.setdefault(commit, f"{ref.split('/', 2)[2]}~{i}")
        found = []
        for sha, ref in rows:
            m = EXP_REF.fullmatch(ref)
            if m:
                base, name = m[1] + m[2], m[3]
                chain = git("rev-list", "--first-parent", "--reverse", f"{base}..{sha}", check=False).split()
                trees = [self.tree(c) for c in chain]
                auto = bool(AUTO_NAME.fullmatch(name)) and name not in scenario.source
                found.append((auto, self.commits.get(base, "?"), "" if auto else name, json.dumps(trees), ref, name,
                              chain, trees))
        for n, (auto, base, _, _, ref, name, chain, trees) in enumerate(sorted(found, key=lambda f: f[:5])):
            label = f"auto{sum(1 for e in self.exps if e['auto']) + 1}" if auto else name
            if auto:
                self.labels[name] = label
            self.exps.append({"auto": auto, "base": base, "label": label, "chain": chain, "trees": trees, "ref": ref})
            for i, commit in enumerate(chain):
                self.commits.setdefault(commit, f"{label}#{i + 1}")
        self.short = {sha[:7]: sym for sha, sym in self.commits.items()}

    def tree(self, commit):
        """{path: [mode, content]} of a commit."""
        rows = [r.split("\t", 1) for r in self.git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0") if r]
        shas = [meta.split()[2] for meta, _ in rows]
        blobs = self.git.blobs(shas)
        return {p: [m.split()[0], self.sc.content(p, blobs.get(s, b""))] for (m, p), s in zip(rows, shas)}

    def sub(self, text):
        if text in self.labels:
            return self.labels[text]
        text = re.sub(r"\b[0-9a-f]{40}\b", lambda m: self.commits.get(m[0], "<rev>"), text)
        text = re.sub(r"\b[0-9a-f]{7}\b", lambda m: self.short.get(m[0], m[0]), text)
        for name, label in self.labels.items():
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", label, text)
        return text


class Git:
    def __init__(self, path, env):
        self.path, self.env = path, env

    def __call__(self, *args, check=True):
        p = subprocess.run(["git", "-c", "core.quotePath=false", *args], cwd=self.path, env=self.env,
                           stdin=subprocess.DEVNULL, capture_output=True)
        if check and p.returncode:
            raise RuntimeError(f"git {' '.join(args)}: {p.stderr.decode(errors='replace').strip()}")
        return p.stdout.decode("utf-8", "surrogateescape")

    def blobs(self, shas):
        p = subprocess.run(["git", "cat-file", "--batch"], cwd=self.path, env=self.env, capture_output=True,
                           input="\n".join(dict.fromkeys(shas)).encode() + b"\n")
        out, stream = {}, io.BytesIO(p.stdout)
        while head := stream.readline().split():
            if len(head) == 3:
                out[head[0].decode()] = stream.read(int(head[2]))
                stream.read(1)
        return out


class Sandbox:
    def __init__(self, root, scenario):
        self.root, self.sc, self.repo, self.n = Path(root), scenario, Path(root) / "repo", 0
        for d in ("bin", "home", "tmp", "repo"):
            (self.root / d).mkdir(parents=True, exist_ok=True)
        home = str(self.root / "home")
        env = {k: os.environ[k] for k in ("PATH", "JAVA_HOME", "JAVA_TOOL_OPTIONS") if k in os.environ}
        env.update({
            "PATH": f"{self.root / 'bin'}:{env.get('PATH', '/usr/bin:/bin')}", "HOME": home, "TMPDIR": str(self.root / "tmp"),
            "XDG_CONFIG_HOME": f"{home}/config", "XDG_CONFIG_DIRS": f"{home}/system", "XDG_CACHE_HOME": f"{home}/cache",
            "DVC_SITE_CACHE_DIR": f"{home}/site", "DVC_NO_ANALYTICS": "1", "CI": "true", "DVC_STUDIO_OFFLINE": "1",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "SHELL": "/bin/sh", "TERM": "dumb", "INTEROP_ID": str(self.root)})
        self.env = env
        (self.root / "home/.gitconfig").write_text(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
            "[protocol \"file\"]\n\tallow = always\n[gc]\n\tauto = 0\n")
        self.script("expref", 'git for-each-ref --format="%(refname)" | grep -E "^refs/exps/../[0-9a-f]{38}/$1\\$"')

    def script(self, name, body):
        p = self.root / "bin" / name
        p.write_text(f"#!/bin/sh\n{body}\n")
        p.chmod(0o755)

    def use(self, program):
        self.script("dvc", f'exec {program} "$@"')

    def sh(self, line, timeout=120):
        """(exit status or 'timeout', stdout, stderr).  Output goes to files: a daemon may keep them open."""
        self.n += 1
        date = f"{EPOCH + 60 * self.n} +0000"
        env = dict(self.env, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
        out, err = self.root / "tmp/.out", self.root / "tmp/.err"
        with open(out, "wb") as fo, open(err, "wb") as fe:
            p = subprocess.Popen(["/bin/sh", "-c", line], cwd=self.repo, env=env, stdin=subprocess.DEVNULL, stdout=fo,
                                 stderr=fe, start_new_session=True)
            try:
                rc = p.wait(timeout)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                p.wait()
                rc = "timeout"
        return rc, out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")

    def build(self):
        self.must("git init -q .")
        if self.sc.init:
            for path, text in ((".dvc/config", ""), (".dvc/.gitignore", "/config.local\n/tmp\n/cache\n"),
                               (".dvcignore", DVCIGNORE)):
                self.put(path, text)
        for path, value in self.sc.files.items():
            self.put(path, value)
        for name in self.sc.lib:
            self.put(name, (HERE / "lib" / name).read_text())
        if self.sc.init:
            self.must("git add -A && git commit -q -m base")

    def put(self, path, value):
        p = self.repo / path
        p.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(value, dict) and "link" in value:
            return p.symlink_to(value["link"])
        data = value["x"] if isinstance(value, dict) else value
        p.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        if isinstance(value, dict):
            p.chmod(0o755)

    def must(self, line):
        rc, out, err = self.sh(line)
        if rc:
            raise RuntimeError(f"`{line}` failed: {(err or out).strip()[-300:]}")

    def ours(self):
        """Processes that this sandbox started and that are still there (queue workers)."""
        mark, found = f"INTEROP_ID={self.root}".encode(), []
        for d in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (d / "environ").read_bytes().split(b"\0") and b"Z" not in (d / "stat").read_bytes().split()[2:3]:
                    found.append(int(d.name))
            except OSError:
                pass
        return found

    def settle(self, seconds):
        end = time.time() + seconds
        while time.time() < end and self.ours():
            time.sleep(0.2)

    def close(self, keep):
        for pid in self.ours():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        if not keep:
            shutil.rmtree(self.root, ignore_errors=True)

    # ---- what a step printed and what it left -------------------------------------------------------------------

    def step(self, key, spec, results, problems):
        rc, out, err = self.sh(spec["run"], self.sc.timeout)
        bad = rc == "timeout" or bool(rc) != bool(spec.get("fails"))
        if not spec["program"]:
            if bad:
                problems.append(f"{key}: plain step exited {rc}: {(err or out).strip()[-200:]}")
            return
        results[f"exit {key}"] = "timeout" if rc == "timeout" else "non-zero" if rc else "zero"
        if bad:
            problems.append(f"{key}: exited {rc}: {' / '.join((err or out).strip().splitlines()[-3:])[-300:]}")
        for field, text in (("out", out), ("err", err), ("not", out + err)):
            for regex in spec.get(field) or []:
                hit = bool(re.search(regex, text, re.M)) != (field == "not")
                results[f"match {key} {field} /{regex}/"] = hit
                if not hit:
                    problems.append(f"{key}: {field} /{regex}/ fails on {text.strip()[-300:]!r}")
        how = spec.get("compare") or ("none" if spec.get("fails") else
                                      ("plots" if " plots " in spec["run"] else "json") if "--json" in spec["run"] else
                                      "csv" if "--csv" in spec["run"] else "none")
        if how != "none":
            try:
                results[f"{'json' if how in ('json', 'plots', 'csv') else 'text'} {key}"] = self.stdout(how, out, spec)
            except ValueError as e:
                results[f"json {key}"] = f"not {how}: {out.strip()[:200]!r}"
                problems.append(f"{key}: stdout is not {how} ({e}): {out.strip()[:200]!r}")

    def stdout(self, how, out, spec):
        names = Names(Git(self.repo, self.env), self.sc) if (self.repo / ".git").exists() else None
        sub = lambda s: (names.sub(s) if names else s).replace(str(self.root), "<root>")
        drop = {"timestamp", "Created", *(spec.get("drop") or [])}
        if how in ("json", "plots"):
            def norm(v):
                if isinstance(v, dict):
                    v = {sub(k): norm(x) for k, x in v.items() if k not in drop and not (how == "plots" and k == "content")}
                    if isinstance(v.get("error"), dict):
                        v["error"] = "<error>"
                    if isinstance(v.get("experiments"), list):
                        v["experiments"].sort(key=lambda e: json.dumps(e, sort_keys=True))
                    return v
                return [norm(x) for x in v] if isinstance(v, list) else sub(v) if isinstance(v, str) else v
            return norm(json.loads(out))
        if how == "csv":
            rows = list(csv.reader(io.StringIO(out)))
            if not rows or len({len(r) for r in rows}) != 1:
                raise ValueError("uneven rows")
            cols = [i for i, c in enumerate(rows[0]) if c not in drop]
            rows = [[re.sub("^branch_(base|commit)$", "branch", sub(r[i])) for i in cols] for r in rows]  # drawing only
            return [rows[0], *sorted(rows[1:])]
        lines = [sub(line).rstrip() for line in out.splitlines()]
        lines = sorted(lines) if how == "sorted" else lines
        return "\n".join(lines).strip("\n")

    def snapshot(self, phase, results):
        for d in sorted(self.root.iterdir()):
            if d.name in ("bin", "home", "tmp") or not d.is_dir():
                continue
            where = phase if d.name == "repo" else f"{phase} {d.name}/"
            bare = (d / "HEAD").exists() and (d / "objects").exists()
            if bare or (d / ".git").exists():
                self.snap_git(d, where, results, bare)
            if not bare:
                self.snap_files(d, where, results)

    def snap_files(self, top, where, results):
        remote = top.name.startswith("remote")
        for folder, dirs, files in os.walk(top):
            rel = os.path.relpath(folder, top)
            dirs[:] = sorted(x for x in dirs if x != ".git" and not (x == "tmp" and os.path.basename(folder) == ".dvc"))
            for x in [x for x in dirs if os.path.islink(os.path.join(folder, x))]:
                dirs.remove(x)
                files.append(x)
            for f in sorted(files):
                p, path = Path(folder, f), os.path.normpath(os.path.join(rel, f))
                if p.is_symlink():
                    results[f"files {where} {path}"] = f"link to {os.readlink(p)}".replace(str(self.root), "<root>")
                    continue
                m = re.match(r"(?:.*/)?\.dvc/cache/(.*)", path) or (re.match("(.*)", path) if remote else None)
                data, mode = p.read_bytes(), p.stat().st_mode
                if m and m[1].startswith("runs/"):
                    results[f"runs {where} {path}"] = self.sc.content("", data)
                elif m:
                    results[f"cache {where} {path}"] = hashlib.sha256(data).hexdigest()
                    results[f"cache-mode {where} {path}"] = "writable" if mode & 0o222 else "read-only"
                else:
                    results[f"files {where} {path}"] = ["x" if mode & 0o100 else "-", self.sc.content(path, data)]

    def snap_git(self, d, where, results, bare):
        git = Git(d, self.env)
        names = Names(git, self.sc)
        if not bare:
            head = git("symbolic-ref", "-q", "HEAD", check=False).strip() or "detached"
            rev = git("rev-parse", "-q", "--verify", "HEAD", check=False).strip()
            results[f"status {where} HEAD"] = [head, names.commits.get(rev, rev and "<rev>")]
            results[f"status {where}"] = sorted(x for x in git("status", "--porcelain", "-uall", "-z").split("\0") if x)
        for ref, sha, depth in names.heads:
            results[f"heads {where} {ref}"] = [depth, names.tree(sha)]
        for e in names.exps:
            exp = f"{where} {e['base']} {e['label']}"
            results[f"exps {exp} commits"] = len(e["chain"])
            for i, (commit, tree) in enumerate(zip(e["chain"], e["trees"])):
                results[f"exps {exp} #{i + 1}"] = tree
                results[f"messages {exp} #{i + 1}"] = git("log", "-1", "--format=%B", commit).strip()
        for ref in ("EXEC_APPLY", "EXEC_CHECKPOINT"):
            rev = git("rev-parse", "-q", "--verify", f"refs/exps/exec/{ref}", check=False).strip()
            results[f"exec {where} {ref}"] = names.commits.get(rev, "<rev>") if rev else None
        for ref in ("stash", "celery/stash", "celery/failed"):
            results[f"queue {where} {ref}"] = len(git("log", "-g", "--format=%H", f"refs/exps/{ref}", check=False).split())


# ---- playing a scenario ---------------------------------------------------------------------------------------------

def play(sc, box, program_of, phases, after_setup=None):
    """Play the phases; program_of(phase, nth program step) says which program runs a step."""
    results, problems, nth = {}, [], 0
    for phase in phases:
        for i, spec in enumerate(sc.phases[phase], 1):
            if spec["program"]:
                box.use(program_of(phase, nth))
                nth += 1
            box.step(f"{phase} {i} [{spec['run'].strip().splitlines()[0][:60]}]", spec, results, problems)
        box.settle(15)
        if sc.phases[phase]:
            box.snapshot(phase, results)
        if phase == "setup" and after_setup:
            after_setup()
    return results, problems


def show(v, limit=160):
    s = v if isinstance(v, str) else json.dumps(v, sort_keys=True, ensure_ascii=False)
    return repr(s if len(s) <= limit else s[:limit] + "...")


def explain(a, b):
    """The first place where two values differ, in words."""
    if isinstance(a, dict) and isinstance(b, dict):
        for k in sorted(set(a) | set(b)):
            if k not in a or k not in b:
                return f"{k}: only in the {'subject' if k not in a else 'oracle'}"
            if json.dumps(a[k], sort_keys=True) != json.dumps(b[k], sort_keys=True):
                return f"{k}: {explain(a[k], b[k])}"
    if isinstance(a, list) and isinstance(b, list):
        if len(a) == len(b):
            for i, (x, y) in enumerate(zip(a, b)):
                if json.dumps(x, sort_keys=True) != json.dumps(y, sort_keys=True):
                    return f"[{i}] {explain(x, y)}"
        extra = [f"-{show(x, 80)}" for x in a if x not in b] + [f"+{show(x, 80)}" for x in b if x not in a]
        return f"oracle has {len(a)}, subject {len(b)}: {' '.join(extra)[:200]}"
    if isinstance(a, str) and isinstance(b, str) and ("\n" in a or "\n" in b):
        for i, (x, y) in enumerate(zip(a.split("\n") + [None], b.split("\n") + [None]), 1):
            if x != y:
                return f"line {i}: oracle {show(x)}, subject {show(y)}"
    return f"oracle {show(a)}, subject {show(b)}"


def compare(sc, ref, got, phases):
    """(number of comparisons, differences)"""
    wanted = lambda k: k.split(" ", 1)[0] not in sc.skip and k.split(" ")[1] in phases
    keys = [k for k in ref if wanted(k)]
    diffs = []
    for k in keys:
        if k not in got:
            diffs.append(f"{k}: only in the oracle")
        elif json.dumps(ref[k], sort_keys=True) != json.dumps(got[k], sort_keys=True):
            diffs.append(f"{k}: {explain(ref[k], got[k])}")
    diffs += [f"{k}: only in the subject: {show(got[k], 100)}" for k in got if wanted(k) and k not in ref]
    return len(keys), diffs


def saved_reference(sc, folder):
    """What reference() gives, as it was saved in the folder; None when the scenario is not there or has changed."""
    try:
        saved = json.loads((folder / f"{sc.name}.json").read_text())
    except FileNotFoundError:
        return None
    if saved["scenario"] != hashlib.sha256(sc.source.encode()).hexdigest():
        return None
    return saved["results"], saved["problems"], folder / f"{sc.name}.tgz"


def reference(sc, opts):
    """(results, problems, tarball of the sandbox after setup or None)"""
    saved = (opts.golden or opts.remember) and saved_reference(sc, opts.golden or opts.remember)
    if saved and not (opts.remember and saved[1]):
        return saved
    if opts.golden:
        return {}, ["the golden was not recorded, or from another version of this scenario"], None
    record = opts.record or opts.remember
    box = Sandbox(tempfile.mkdtemp(prefix=f"{sc.name}.ref.", dir=opts.work), sc)

    def pack():
        if record:
            (box.root / "clock").write_text(str(box.n))  # the commits of `check` have the same dates
            with tarfile.open(record / f"{sc.name}.tgz", "w:gz") as t:
                for d in sorted(box.root.iterdir()):
                    if d.name not in ("bin", "home", "tmp"):
                        t.add(d, d.name)
    try:
        box.build()
        results, problems = play(sc, box, lambda *_: opts.oracle, ["setup", "check"], pack)
    finally:
        box.close(opts.keep)
    if record:
        (record / f"{sc.name}.json").write_text(json.dumps(
            {"scenario": hashlib.sha256(sc.source.encode()).hexdigest(), "results": results, "problems": problems}))
    return results, problems, record / f"{sc.name}.tgz" if record else None


def run_mode(sc, mode, opts, ref, tarball):
    phases, played = ["setup", "check"], ["setup", "check"]
    box = Sandbox(tempfile.mkdtemp(prefix=f"{sc.name}.{mode}.", dir=opts.work), sc)
    try:
        if mode == "read-theirs" and tarball:
            with tarfile.open(tarball) as t:
                t.extractall(box.root, filter="fully_trusted")
            box.n, phases, played = int((box.root / "clock").read_text()), ["check"], ["check"]
        else:
            box.build()
        which = {"same": lambda p, n: opts.subject, "mixed": lambda p, n: (opts.oracle, opts.subject)[n % 2],
                 "read-theirs": lambda p, n: opts.oracle if p == "setup" else opts.subject,
                 "write-ours": lambda p, n: opts.subject if p == "setup" else opts.oracle}[mode]
        got, problems = play(sc, box, which, played)
    finally:
        box.close(opts.keep)
    count, diffs = compare(sc, ref, got, phases)
    plain = [p for p in problems if "plain step" in p]
    return count, plain + diffs, problems


def run_scenario(sc, opts):
    rows, started = [], time.time()
    modes = [m for m in opts.modes if m in sc.modes]
    try:
        ref, problems, tarball = reference(sc, opts)
    except Exception as e:
        ref, problems, tarball = {}, [f"{type(e).__name__}: {e}"], None
    for mode in modes if not (opts.record and not opts.subject) else ["record"]:
        if problems:
            count, diffs, notes = 0, [f"the oracle itself: {p}" for p in problems], []
        elif mode == "record":
            count, diffs, notes = compare(sc, ref, ref, ["setup", "check"])[0], [], []
        else:
            try:
                count, diffs, notes = run_mode(sc, mode, opts, ref, tarball)
            except Exception as e:
                count, diffs, notes = 0, [f"{type(e).__name__}: {e}"], []
        if not count and not diffs:
            diffs = ["nothing was compared"]
        rows.append({"name": sc.name, "mode": mode, "passed": not diffs, "comparisons": count, "differences": diffs[:40],
                     "notes": notes[:10], "seconds": round(time.time() - started, 1)})
        started = time.time()
    return rows


@contextlib.contextmanager
def preloaded():
    """The command line of the DVC that this Python has, which is loaded once and answers as long as the block lasts."""
    folder = tempfile.mkdtemp(prefix="dvc.")
    address, script = os.path.join(folder, "socket"), str(HERE / "preloaded.py")
    server = subprocess.Popen([sys.executable, script, "serve", address], env=dict(os.environ, LC_ALL="C.UTF-8"))
    try:
        while not os.path.exists(address):
            if server.poll() is not None:
                raise SystemExit(f"preloaded.py ended with {server.returncode}")
            time.sleep(0.05)
        yield shlex.join([sys.executable, "-S", "-E", script, address])
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def program(text):
    """A command line with its program and the files it names made absolute."""
    words = shlex.split(text)
    words[0] = shutil.which(words[0]) or words[0]
    return shlex.join([os.path.abspath(w) if os.path.isfile(w) else w for w in words])


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--oracle", help="the program that is right (not needed with --golden in same and read-theirs)")
    ap.add_argument("--preload", action="store_true", help="the oracle is the DVC of this Python; load it only once")
    ap.add_argument("--subject", help="the program under test")
    ap.add_argument("--mode", default="same", help="comma list of same, read-theirs, write-ours, mixed; or all")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--json", type=Path, help="write a report with every difference here")
    ap.add_argument("--record", type=Path, help="save the oracle's results in this folder")
    ap.add_argument("--golden", type=Path, help="use results saved by --record in place of the oracle")
    ap.add_argument("--remember", type=Path, help="use results saved here, and save those of the oracle that are not")
    ap.add_argument("--keep", action="store_true", help="keep the sandboxes")
    ap.add_argument("--work", type=Path, help="folder for the sandboxes (default: a temporary one)")
    ap.add_argument("scenarios", nargs="+", type=Path)
    opts = ap.parse_args()
    opts.modes = MODES if opts.mode == "all" else opts.mode.split(",")
    if set(opts.modes) - set(MODES):
        ap.error(f"unknown mode in {opts.mode}")
    if not (opts.subject or opts.record) or not (opts.oracle or opts.preload or opts.golden):
        ap.error("give --oracle (or --preload, or --golden) and --subject (or --record)")
    if opts.golden and not opts.oracle and not opts.preload and set(opts.modes) - {"same", "read-theirs"}:
        ap.error("without --oracle only the modes same and read-theirs can be run")
    opts.oracle, opts.subject = (p and program(p) for p in (opts.oracle, opts.subject))
    for folder in (opts.record, opts.remember, opts.work):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    top = tempfile.mkdtemp(prefix="interop.", dir=opts.work)
    opts.work = Path(top).resolve()
    paths = [p for s in opts.scenarios for p in (sorted(s.glob("*.yaml")) if s.is_dir() else [s])]
    scenarios, rows, lock = [Scenario(p) for p in paths], [], threading.Lock()

    def task(sc):
        for row in run_scenario(sc, opts):
            with lock:
                rows.append(row)
                what = f"{row['name']} ({row['mode']}, {row['comparisons']} comparisons, {row['seconds']} s)"
                print(f"pass {what}" if row["passed"] else f"FAIL {what}: {row['differences'][0]}", flush=True)

    with contextlib.ExitStack() as stack:
        if opts.preload:
            opts.oracle = stack.enter_context(preloaded())
        pool = stack.enter_context(concurrent.futures.ThreadPoolExecutor(opts.jobs))
        for f in [pool.submit(task, sc) for sc in scenarios]:
            f.result()
    if not opts.keep:
        shutil.rmtree(top, ignore_errors=True)
    if opts.json:
        opts.json.write_text(json.dumps(sorted(rows, key=lambda r: (r["name"], r["mode"])), indent=1))
    failed = sum(not r["passed"] for r in rows)
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
