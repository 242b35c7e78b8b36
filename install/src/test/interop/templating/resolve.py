"""Resolves dvc.yaml files with DVC's own loader: one JSON line for each project directory named on a line of stdin."""
import json
import logging
import os
import sys

os.environ["DVC_NO_ANALYTICS"] = "1"

from dvc.dependency.param import ParamsDependency
from dvc.repo import Repo

logging.disable(logging.CRITICAL)


def output(out):
    kind = "METRIC" if out.metric else "PLOT" if out.plot else "OUTPUT"
    return {
        "path": out.def_path,
        "kind": kind,
        "cache": out.use_cache,
        "persist": out.persist,
        "checkpoint": out.checkpoint,
        "push": out.can_push,
        "plot": plot(out) if out.plot else {},
    }


def plot(out):
    """Texts as they are shown: whether a title is a number makes no difference."""
    properties = out.plot if isinstance(out.plot, dict) else {}
    texts = {key: text(value) for key, value in properties.items() if value is not None}
    return {**texts, "header": text(properties.get("header", True))}


def text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def stage(repo, one):
    relative = lambda path: "" if path == repo.root_dir else os.path.relpath(path, repo.root_dir)
    files = [d.def_path for d in one.deps if not isinstance(d, ParamsDependency)]
    return {
        "address": one.addressing,
        "cmd": one.cmd if isinstance(one.cmd, (str, list)) else text(one.cmd),
        "wdir": relative(one.wdir),
        "deps": files,
        "params": [[d.def_path, [text(p) for p in d.params]] for d in one.deps if isinstance(d, ParamsDependency)],
        "outs": [output(o) for o in one.outs],
        "frozen": bool(one.frozen),
        "always_changed": bool(one.always_changed),
    }


def resolve(directory):
    os.chdir(directory)
    repo = Repo(directory)
    try:
        index = repo.index
        stages = [stage(repo, s) for s in index.stages]
        used = {}
        for s in index.stages:
            for source, values in getattr(s, "tracked_vars", {}).items():
                used.setdefault(source, {}).update(values)
        result = {"stages": sorted(stages, key=lambda s: s["address"]), "used": used}
        index.check_graph()
        return result
    finally:
        repo.close()


for line in sys.stdin:
    try:
        print(json.dumps(resolve(line.strip()), sort_keys=True), flush=True)
    except Exception as e:
        print(json.dumps({"error": type(e).__name__ + ": " + str(e)}), flush=True)
