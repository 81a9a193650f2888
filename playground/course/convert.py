"""Nodes of YAML into typed structs, field by field, so that all the faults of a file are told.

A value that does not fit is replaced by an empty one of its type and reported; `Converter.sound`
says whether a part of the file is free of faults. Nothing is ever raised for what a file holds.
"""

import re
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import msgspec.inspect as mi
import yaml

from playground.course.advice import after_bar
from playground.course.errors import unknown_name
from playground.course.field_types import (
    accepts,
    beyond_limit,
    described,
    empty,
    holds_text,
    in_words,
)
from playground.course.model import Place
from playground.course.source import Node, Source, pairs, plain_value
from playground.texts import _

_NO_META: dict[str, Any] = {}
_MAPPING = mi.DictType(mi.StrType(), mi.AnyType())
Special = Callable[["Converter", Node, str], Any]
"""Reads a node, found at a path such as `exercises.0.checks.1`, into a struct by rules of its own."""


@cache
def _type_info(kind: Hashable) -> mi.Type:
    return mi.type_info(kind)


def _group(path: str) -> str:
    """The first two parts of a path: `exercises.3`."""
    return ".".join(path.split(".", 2)[:2])


class Converter:
    """Converts the nodes of one file; keeps where each field stands."""

    def __init__(self, source: Source, special: dict[type, Special] | None = None) -> None:
        self.source = source
        self.nodes: dict[str, Node] = {}
        """Node of each field by its path."""
        self.keys: dict[str, Node] = {}
        """Node of each name that the author chose (an exercise's id in a translation), by path."""
        self._special = special or {}
        self._groups: dict[str, list[str]] = {}
        self._grouped = 0
        self._unsound: set[str] = set()

    def read(self, node: Node, kind: Any, path: str = "") -> Any:
        """The node as a `kind` (a struct, or any type that a field can have)."""
        return self._convert(node, _type_info(kind), path)

    def sound(self, path: str) -> bool:
        """Whether no fault was reported at this path, below it, or at what it is part of."""
        return not any(
            found in ("", path) or found.startswith(path + ".") or path.startswith(found + ".")
            for found in self._unsound
        )

    def given(self, path: str) -> bool:
        """Whether the author wrote this field at all."""
        return path in self.nodes

    def place(self, path: str) -> Place:
        """Where a field stands: its own place, else that of the nearest thing around it."""
        return self.source.place(self._nearest_node(path))

    def places(self, prefix: str) -> dict[str, Place]:
        """Where all that lies below a path of two parts or more stands, by the rest of the path."""
        start = len(prefix) + 1
        return {
            path[start:]: self.source.content_place(self.nodes[path])
            for path in self._in_group(_group(prefix))
            if path.startswith(prefix + ".")
        }

    def _in_group(self, group: str) -> list[str]:
        """The paths of a group: to look at all of a file for each part of it takes for ever."""
        if self._grouped != len(self.nodes):
            self._groups, self._grouped = {}, len(self.nodes)
            for path in self.nodes:
                self._groups.setdefault(_group(path), []).append(path)
        return self._groups.get(group, [])

    def fault(self, path: str, message: str) -> None:
        """Report a fault at a field."""
        self.report(self._nearest_node(path), path, message)

    def warn(self, path: str, message: str) -> None:
        """Report at a field what leaves the course sound."""
        self.source.fault(self._nearest_node(path), message, warning=True)

    def mapping(self, node: Node, path: str) -> dict[str, tuple[Node, Node]]:
        """The entries of a mapping by name; empty, with a fault, for anything else."""
        if isinstance(node, yaml.MappingNode) and not node.tag:
            self.nodes.setdefault(path, node)
            return pairs(self.source, node)
        self._wrong(node, path, _MAPPING)
        return {}

    def _nearest_node(self, path: str) -> Node | None:
        while path and path not in self.nodes:
            path = path.rpartition(".")[0]
        return self.nodes.get(path, self.source.root)

    def report(self, node: Node | None, path: str, message: str) -> None:
        """Report a fault of the field at `path` at a node of its own choice."""
        self._unsound.add(path)
        self.source.fault(node, message)

    # One method per kind of type.

    def _convert(
        self, node: Node, info: mi.Type, path: str, meta: dict[str, Any] = _NO_META
    ) -> Any:
        self.nodes[path] = node
        if isinstance(info, mi.Metadata):
            return self._convert(node, info.type, path, info.extra or _NO_META)
        if node.tag:
            self.report(
                node,
                path,
                _("Tags such as {tag} are not read here. Remove it.").format(
                    tag=node.tag.replace("tag:yaml.org,2002:", "!!")
                ),
            )
            return empty(info)
        if isinstance(info, mi.StructType):
            return self._struct(node, info, path)
        if isinstance(info, mi.DictType):
            return self._dict(node, info, path)
        if isinstance(info, mi.VarTupleType):
            return self._tuple(node, info, path, meta)
        if isinstance(info, mi.UnionType):
            return self._union(node, info, path)
        if isinstance(info, mi.AnyType):
            return self._any(node, path)
        return self._scalar(node, info, path, meta)

    def _struct(self, node: Node, info: mi.StructType, path: str) -> Any:
        special = self._special.get(info.cls)
        if special is not None:
            return special(self, node, path)
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, path, info)
            return empty(info)
        found = pairs(self.source, node)
        fields = {field.encode_name: field for field in info.fields}
        self._refuse_unknown(found, list(fields), path)
        values = {}
        for name, field in fields.items():
            below = f"{path}.{name}" if path else name
            if name in found:
                values[field.name] = self._convert(found[name][1], field.type, below)
            elif field.required:
                self.report(node, below, _("{field} is missing here.").format(field=f"“{name}:”"))
                values[field.name] = empty(field.type)
        return info.cls(**values)

    def _refuse_unknown(
        self, found: dict[str, tuple[Node, Node]], known: list[str], path: str
    ) -> None:
        for name, (key, _value) in found.items():
            if name not in known:
                below = f"{path}.{name}" if path else name
                self.report(key, below, unknown_name(name, known))

    def _dict(self, node: Node, info: mi.DictType, path: str) -> dict[str, Any]:
        key_type = info.key_type
        values = {}
        for name, (key, value) in self.mapping(node, path).items():
            below = f"{path}.{name}"
            if isinstance(key_type, mi.LiteralType) and name not in key_type.values:
                self.report(
                    key, below, unknown_name(name, [str(value) for value in key_type.values])
                )
            else:
                self.keys[below] = key
                values[name] = self._convert(value, info.value_type, below)
        return values

    def _tuple(self, node: Node, info: mi.VarTupleType, path: str, meta: dict[str, Any]) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return tuple(
                self._convert(item, info.item_type, f"{path}.{index}")
                for index, item in enumerate(node.value)
            )
        single = meta.get("single")
        if single and isinstance(node, yaml.ScalarNode):
            item = self._convert(node, info.item_type, path)
            return tuple(item.splitlines()) if single == "lines" else (item,)
        self._wrong(node, path, info)
        return ()

    def _union(self, node: Node, info: mi.UnionType, path: str) -> Any:
        for member in info.types:
            if accepts(member, node):
                return self._convert(node, member, path)
        self._wrong(node, path, info)
        return empty(info)

    def _any(self, node: Node, path: str) -> Any:
        """Plain JSON data."""
        if isinstance(node, yaml.ScalarNode):
            return plain_value(node)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._convert(item, mi.AnyType(), f"{path}.{n}")
                for n, item in enumerate(node.value)
            ]
        return {
            name: self._convert(value, mi.AnyType(), f"{path}.{name}")
            for name, (_key, value) in self.mapping(node, path).items()
        }

    def _scalar(self, node: Node, info: mi.Type, path: str, meta: dict[str, Any]) -> Any:
        if not isinstance(node, yaml.ScalarNode) or not accepts(info, node):
            self._wrong(node, path, info)
            return empty(info)
        value = plain_value(node)
        if isinstance(info, mi.FloatType) and isinstance(value, int):
            value = float(value)
        problem = beyond_limit(value, info, meta)
        if problem:
            self.report(node, path, problem)
            return empty(info)
        if meta.get("code"):
            self._refuse_cut_code(node, path)
        return value

    def _refuse_cut_code(self, node: yaml.ScalarNode, path: str) -> None:
        """In a plain value ` #` begins a comment and lines are joined, so that code is lost."""
        end = node.end_mark
        written = [
            line for line in self.source.lines[node.start_mark.line + 1 : end.line] if line.strip()
        ]
        kept = [line for line in node.value.splitlines() if line.strip()]
        if node.style == ">" and len(kept) < len(written):
            self.report(node, path, _("After > YAML joins lines, which code must not. Write |."))
        if node.style or end.line >= len(self.source.lines):
            return
        rest = self.source.lines[end.line][end.column :]
        if re.match(r"\s+#", rest):
            message = _("A comment sign cuts this code short. Write it after |:")
        elif end.line > node.start_mark.line:
            message = _("YAML joins these lines into one. Write them after |:")
            rest = ""
        else:
            return
        code = self._text_of(node) + rest.rstrip()
        self.report(node, path, message + "\n" + self._rewritten(node, code))

    def _wrong(self, node: Node, path: str, wanted: mi.Type) -> None:
        """Report that something else was wanted, with the line put right where that is plain."""
        message = _("Wanted here: {wanted}; found: {found}.").format(
            wanted=described(wanted), found=in_words(node)
        )
        if holds_text(wanted):
            self.source.withdraw(node.start_mark.line + 1)
            message += self._as_text(node)
        elif isinstance(wanted, mi.VarTupleType) and isinstance(node, yaml.ScalarNode):
            message += self._as_list(node)
        self.report(node, path, message)

    def _as_text(self, node: Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            if not node.value:
                return ""
            return " " + _("For text, write it in quotes: {quoted}").format(
                quoted=f'"{node.value}"'
            )
        return (
            " "
            + _("Where text is meant, write it after |:")
            + "\n"
            + self._rewritten(node, self._text_of(node))
        )

    def _as_list(self, node: yaml.ScalarNode) -> str:
        if not node.value.strip():
            return ""
        prefix = self.source.lines[node.start_mark.line][: node.start_mark.column].rstrip()
        indent = " " * (len(prefix) - len(prefix.lstrip(" -")) + 2)
        if node.style in ("|", ">"):
            body = "|\n" + "\n".join(f"{indent}  {line}" for line in node.value.splitlines())
        else:
            body = self._text_of(node)
        return " " + _("Begin each item with a dash:") + f"\n{prefix}\n{indent}- {body}"

    def _text_of(self, node: Node) -> str:
        """What the author wrote for this node."""
        start, end = node.start_mark, node.end_mark
        lines = self.source.lines[start.line : end.line + 1]
        if not lines:
            return ""
        if end.line - start.line < len(lines):
            lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return "\n".join(lines).rstrip()

    def _rewritten(self, node: Node, text: str) -> str:
        start = node.start_mark
        line = self.source.lines[start.line] if start.line < len(self.source.lines) else ""
        return after_bar(line[: start.column], text)
