"""Parameters of papermill in Java."""
import json
import math
import re

from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

DECLARATION = re.compile(
    r"^\s*(?:final\s+)?(?P<type>[A-Za-z_][\w.]*(?:<[^;=]*>)?(?:\[\])*)\s+(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>.*?)\s*;"
    r"(?:\s*//\s*(?P<help>.*))?\s*$"
)


class JavaTranslator(Translator):
    """Writes declarations. A parameter keeps the type that the notebook declares: `-p rate 1` stays a double where it is one."""

    # papermill shows the cell with the defaults first, then asks for the code: what is declared is kept in between.
    declared = {}

    @classmethod
    def translate_str(cls, val):
        return json.dumps(val, ensure_ascii=False)  # JSON's escapes are Java's, too

    translate_escaped_str = translate_str

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_int(cls, val):
        if -(2**31) <= val < 2**31:
            return str(val)
        return f"{val}L" if -(2**63) <= val < 2**63 else f'new java.math.BigInteger("{val}")'

    @classmethod
    def translate_float(cls, val):
        if math.isfinite(val):
            return repr(val)
        return "Double.NaN" if math.isnan(val) else f"Double.{'POSITIVE' if val > 0 else 'NEGATIVE'}_INFINITY"

    @classmethod
    def translate_bool(cls, val):
        return "true" if val else "false"

    @classmethod
    def translate_list(cls, val):
        factory = "java.util.Arrays.asList" if None in val else "java.util.List.of"
        return f"{factory}({', '.join(cls.translate(item) for item in val)})"

    translate_tuple = translate_list

    @classmethod
    def translate_dict(cls, val):
        if None in val.values():
            puts = "".join(f"put({cls.translate_str(str(k))}, {cls.translate(v)}); " for k, v in val.items())
            return f"new java.util.LinkedHashMap<String, Object>() {{{{ {puts}}}}}"
        entries = (f"java.util.Map.entry({cls.translate_str(str(k))}, {cls.translate(v)})" for k, v in val.items())
        return f"java.util.Map.ofEntries({', '.join(entries)})"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}"

    @classmethod
    def assign(cls, name, str_val):
        return f"var {name} = {str_val};"

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        declared, cls.declared = cls.declared, {}
        lines = [cls.comment(comment)]
        for name, value in parameters.items():
            kind = declared.get(name, "var")
            if kind == "var" and (value is None or isinstance(value, dict)):
                kind = "Object" if value is None else "java.util.Map<String, ?>"
            text = cls.translate(value)
            if kind in ("float", "Float"):
                text = f"(float) {text}"
            elif kind in ("long", "Long", "double", "Double") and re.fullmatch(r"-?\d+", text):
                text += "L" if kind in ("long", "Long") else ".0"
            elif kind in ("String", "java.lang.String") and value is not None and not isinstance(value, str):
                text = cls.translate_str(str(value))
            elif kind.endswith("[]") and isinstance(value, (list, tuple)):
                text = "{" + ", ".join(cls.translate(item) for item in value) + "}"
            lines.append(f"{kind} {name} = {text};")
        return "\n".join(lines) + "\n"

    @classmethod
    def inspect(cls, parameters_cell):
        found = [m for m in map(DECLARATION.match, parameters_cell["source"].splitlines()) if m]
        cls.declared = {m["name"]: cls.kind_of(m["type"], m["value"]) for m in found}
        return [Parameter(m["name"], cls.declared[m["name"]], m["value"], m["help"] or "") for m in found]

    @staticmethod
    def kind_of(declared, value):
        """The type that a declaration gives its variable, as far as it can be read off."""
        if declared != "var":
            return declared
        if value.startswith('"'):
            return "String"
        if re.fullmatch(r"-?(\d+\.\d*|\d*\.\d+|\d+(\.\d*)?[eE][+-]?\d+)", value):
            return "double"
        return "long" if re.fullmatch(r"-?\d+[lL]", value) else "var"


papermill_translators.register("java", JavaTranslator)
papermill_translators.register("cairn-java", JavaTranslator)
