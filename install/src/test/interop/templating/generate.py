"""Makes project directories with random pipelines: `generate.py COUNT SEED DIRECTORY` prints their paths, one a line.

Most of them are right, some are not: what DVC refuses, Cairn must refuse, too.
"""
import json
import os
import random
import sys

from ruamel.yaml import YAML

NAMES = ["lr", "model", "train", "paths", "n", "flag", "items", "grid", "x1", "a-b", "a b"]
SCALARS = [1, 0, -3, 0.1, 1e-5, 1e20, 3.0, True, False, None, "abc", "x y", "", "it's", "a$b", "data/raw", "1", "true", "é", "${", "\\n"]
ODD_REFERENCES = ["${}", "${nope}", "${a.}", "${ lr }", "${[0]}", "\\${lr}", "${lr", "$lr", "${lr}}", "\\\\${lr}", "${items[-1]}", "${items[ 0 ]}", "${lr.x}", "${items[0] .x}"]
EXTRA_TOML = {"t1": 1, "t2": {"k": "v", "l": [1, 2]}}
EXTRA_PYTHON = {"A": 1, "B": {"k": 2.5}, "C": {"D": "x"}}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.yaml = YAML(typ="safe")
        self.yaml.default_flow_style = None
        self.yaml.sort_base_mapping_type_on_output = False

    def chance(self, probability):
        return self.random.random() < probability

    def one_of(self, *choices):
        return self.random.choice(choices)

    def write(self, path, value):
        with open(path, "w", encoding="utf-8") as file:
            if isinstance(value, str):
                file.write(value)
            elif path.endswith(".json"):
                json.dump(value, file)
            else:
                self.yaml.dump(value, file)

    def value(self, depth=0):
        kind = self.random.random()
        count = self.random.randint(0, 3)
        if depth < 3 and kind < 0.25:
            return {self.one_of(*NAMES): self.value(depth + 1) for _ in range(count)}
        if depth < 3 and kind < 0.45:
            return [self.value(depth + 1) if self.chance(0.3) else self.one_of(*SCALARS) for _ in range(count)]
        return self.one_of(*SCALARS)

    def values(self):
        return {name: self.value() for name in self.random.sample(NAMES, self.random.randint(1, 4))}

    def reference(self, known):
        if self.chance(0.02):
            return self.one_of(*ODD_REFERENCES)
        return "${" + self.one_of(*(known or ["nope"])) + "}"

    def text(self, known, base):
        kind = self.random.random()
        if kind < 0.72:
            return base
        if kind < 0.78:
            return self.reference(known)
        if kind < 0.93:
            return base + "_" + self.reference(known)
        return self.reference(known) + base + self.reference(known)

    def texts(self, known, base):
        return [self.text(known, base + str(i)) for i in range(self.random.randint(0, 3))]

    def stage_vars(self):
        if self.chance(0.5):
            return {f"loc{self.random.randint(0, 3)}": self.value()}
        if self.chance(0.1):
            return self.one_of("nofile.yaml", "${lr}", "params.yaml:lr")
        return self.one_of("extra.json", "p.py:A", "extra.json:e1", "extra.json:e2,e1", "empty.yaml")

    def stage(self, number, known, single):
        body = {}
        if self.chance(0.15):
            body["vars"] = [self.stage_vars() for _ in range(self.random.randint(1, 2))]
            local = [path for item in body["vars"] if isinstance(item, dict) for path in paths(item)]
            known, single = known + local, single + local
        usual = single if self.chance(0.9) else known
        if self.chance(0.75):
            body["cmd"] = f"run {number} " + self.text(known if self.chance(0.5) else usual, "arg")
        else:
            body["cmd"] = [f"run {number} {text}" for text in self.texts(usual, "arg")]
        if self.chance(0.25):
            body["wdir"] = self.one_of("sub", "sub/deep", ".", self.text(usual, "w"), "./sub/../sub")
        if self.chance(0.4):
            body["deps"] = self.texts(usual, "dep")
        if self.chance(0.4):
            body["params"] = [self.param(usual) for _ in range(self.random.randint(1, 4))]
        for key in ["outs", "metrics", "plots"]:
            if self.chance(0.4):
                body[key] = [self.output(key, text, usual) for text in self.texts(usual, f"{key}{number}_")]
        for key, make in {
            "frozen": lambda: self.chance(0.5),
            "always_changed": lambda: self.chance(0.5),
            "desc": lambda: self.text(usual, "what it does"),
            "meta": lambda: {"z": self.text(usual, "m")},
        }.items():
            if self.chance(0.1):
                body[key] = make()
        return body

    def param(self, known):
        kind = self.random.random()
        if kind < 0.5:
            return self.one_of(self.text(known, "lr"), "train.x", "lr")
        file = self.one_of("params.yaml", "extra.json", "p.py")
        return {file: self.random.sample(["a", "b.c", "k"], self.random.randint(0, 3)) if kind < 0.8 else None}

    def output(self, key, path, known):
        if self.chance(0.5):
            return path
        options = {flag: self.chance(0.5) for flag in ["cache", "persist", "push", "checkpoint"] if self.chance(0.25)}
        for name, value in {"desc": "text", "labels": ["x"], "meta": {"a": [1]}, "type": "t"}.items():
            if self.chance(0.1):
                options[name] = value
        if key == "plots":
            for name in ["x", "y", "title", "template", "x_label", "y_label"]:
                if self.chance(0.2):
                    options[name] = self.text(known, "t")
            if self.chance(0.2):
                options["header"] = self.chance(0.5)
        return {path: options}

    def foreach(self, number, known, single):
        composite = [path for path in known if path not in single]
        kind = self.random.random()
        if kind < 0.3 and composite:
            over, inner = "${" + self.one_of(*composite) + "}", ["item"]
        elif kind < 0.6:
            over = [self.one_of(self.one_of(*SCALARS), self.text(single, "i"), f"i{i}") for i in range(self.random.randint(0, 4))]
            inner = ["item"]
        elif kind < 0.8:
            over = [{"a": self.one_of(*SCALARS), "b": self.value()} for _ in range(self.random.randint(0, 3))]
            inner = ["item.a", "item.b"]
        else:
            over = {self.one_of("k", "us", "uk", f"x{i}"): {"a": self.one_of(*SCALARS), "b": self.text(single, "z")} for i in range(self.random.randint(0, 3))}
            inner = ["item.a", "item.b", "key"]
        if self.chance(0.03):
            over = self.one_of("${nope}", "str", 1, None, "x${lr}")
        return {"foreach": over, "do": self.stage(number, inner + (known if self.chance(0.2) else []), inner + single)}

    def broken(self, document):
        """One thing that the schema may not allow."""
        stages = document["stages"]
        values = [None, 1, True, "s", [1], ["a", None], {}, {"a": 1}, [{"a": None}], [{"a": {"cache": 1}}], [{"a": {"nope": True}}], {"a": {"path": "x"}}, [{"a": {"x": "c", "y": ["d"]}}], {"a": {"y": {"f": ["g"]}}}, {"a": {"header": True}}]
        kind = self.random.random()
        if kind < 0.5 and stages:
            body = self.one_of(*stages.values())
            body[self.one_of("cmd", "deps", "outs", "wdir", "params", "frozen", "desc", "always_changed", "vars", "metrics", "plots", "do", "foreach", "nope", "live", "meta")] = self.one_of(*values)
        elif kind < 0.85:
            document[self.one_of("stages", "vars", "params", "metrics", "plots", "artifacts", "schema", "foo")] = self.one_of(*values)
        else:
            stages[self.one_of(1, "a@b", True)] = {"cmd": "x"}

    def project(self, directory):
        os.makedirs(os.path.join(directory, ".dvc"))
        os.makedirs(os.path.join(directory, "sub", "deep"))
        file = lambda name: os.path.join(directory, name)
        config = "[core]\n    no_scm = True\n    analytics = False\n"
        if self.chance(0.3):
            config += "[parsing]\n    bool = %s\n    list = %s\n" % (self.one_of("boolean_optional", "store_true"), self.one_of("append", "nargs"))
        self.write(file(".dvc/config"), config)
        extra = {"e1": self.value(), "e2": {"q": self.one_of(*SCALARS)}}
        sources = []
        if self.chance(0.8):
            values = self.values()
            sources.append(values)
            self.write(file("params.yaml"), values if self.chance(0.98) else self.one_of("", "[1]", "a: [", "1", "a: 1\na: 2\n", "# c\n"))
        self.write(file("extra.json"), extra)
        if self.chance(0.3):
            self.write(file("sub/extra.json"), extra)
        self.write(file("sub/extra.toml"), 't1 = 1\n[t2]\nk = "v"\nl = [1, 2]\n')
        self.write(file("p.py"), "A = 1\nB = {'k': 2.5}\nclass C:\n    D = 'x'\n")
        self.write(file("empty.yaml"), "")
        document = {}
        if self.chance(0.6):
            document["vars"] = [self.variables(sources, extra) for _ in range(self.random.randint(0, 3))]
        known = [path for source in sources for path in paths(source)]
        single = [path for source in sources for path in paths(source, only_single=True)]
        document["stages"] = {
            self.one_of(f"s{i}", f"st-{i}", f"S_{i}"): self.foreach(i, known, single) if self.chance(0.4) else self.stage(i, known, single)
            for i in range(self.random.randint(0, 4))
        }
        for key, value in {
            "params": ["extra.json"],
            "metrics": ["m.json"],
            "plots": self.one_of(["p.csv"], [{"p.csv": {"x": "a", "y": ["b", "c"]}}], {"t": {"x": {"p.csv": "a"}, "y": {"p.csv": ["b"]}, "title": "T"}}, [{"q": None}]),
            "artifacts": {"m": {"path": "x", "type": "model", "labels": ["a"], "desc": "d", "meta": {"k": 1}}},
        }.items():
            if self.chance(0.15):
                document[key] = value
        if self.chance(0.08):
            self.broken(document)
        self.write(file("dvc.yaml"), document)
        if self.chance(0.15):
            self.write(file("sub/dvc.yaml"), {"stages": {"inner": self.stage(9, [], [])}})

    def variables(self, sources, extra):
        if self.chance(0.5):
            values = {f"v{self.random.randint(0, 9)}": self.value()} if self.chance(0.9) else self.values()
            sources.append(values)
            return values
        if self.chance(0.05):
            return self.one_of("nofile.yaml", "sub", "empty.yaml", "extra.json:zz", "${x}", "params.yaml:lr", "extra.json:e1, e2")
        reference, values = self.one_of(
            ("extra.json", extra),
            ("extra.json:e1", {"e1": extra["e1"]}),
            ("extra.json:e2", {"e2": extra["e2"]}),
            ("sub/extra.toml", EXTRA_TOML),
            ("p.py", EXTRA_PYTHON),
            ("p.py:A,B", {"A": 1, "B": EXTRA_PYTHON["B"]}),
            ("params.yaml", {}),
        )
        sources.append(values)
        return reference


def paths(value, prefix="", only_single=False):
    """The ways to the values inside, as references write them."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, item in items:
        path = f"{prefix}[{key}]" if isinstance(value, list) else f"{prefix}.{key}" if prefix else key
        if not (only_single and isinstance(item, (dict, list))):
            found.append(path)
        found += paths(item, path, only_single)
    return found


if __name__ == "__main__":
    count, seed, top = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    generator = Generator(seed)
    for case in range(count):
        project = os.path.abspath(os.path.join(top, f"{case:05d}"))
        generator.project(project)
        print(project)
