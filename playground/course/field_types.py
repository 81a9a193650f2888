"""What the type of a field takes, what it is called in words, and what stands in for a wrong value."""

import re
from collections.abc import Callable
from typing import Any

import msgspec.inspect as mi
import yaml

from playground.course.source import Node, plain_value
from playground.texts import _


def accepts(info: mi.Type, node: Node) -> bool:
    """Whether a node is of the kind that a type reads (its limits are another matter)."""
    if isinstance(info, mi.Metadata):
        if (info.extra or {}).get("single") and isinstance(node, yaml.ScalarNode):
            return isinstance(plain_value(node), str)
        return accepts(info.type, node)
    if isinstance(info, mi.UnionType):
        return any(accepts(member, node) for member in info.types)
    if isinstance(info, mi.StructType | mi.DictType):
        return isinstance(node, yaml.MappingNode)
    if isinstance(info, mi.VarTupleType):
        return isinstance(node, yaml.SequenceNode)
    if isinstance(info, mi.AnyType):
        return True
    if not isinstance(node, yaml.ScalarNode):
        return False
    value = plain_value(node)
    if isinstance(info, mi.LiteralType):
        return value in info.values and not isinstance(value, bool)
    return isinstance(value, _PYTHON[type(info)]) and (
        not isinstance(value, bool) or isinstance(info, mi.BoolType)
    )


_PYTHON: dict[type[mi.Type], type | tuple[type, ...]] = {
    mi.StrType: str,
    mi.IntType: int,
    mi.FloatType: (int, float),
    mi.BoolType: bool,
    mi.NoneType: type(None),
}


def beyond_limit(value: Any, info: mi.Type, meta: dict[str, Any]) -> str | None:
    """What is wrong with a value of the right kind; None if nothing is."""
    if isinstance(info, mi.StrType):
        if info.min_length and not value.strip():
            return _("Text is missing here.")
        too_long = info.max_length is not None and len(value) > info.max_length
        if too_long or (info.pattern is not None and not re.fullmatch(info.pattern, value)):
            if meta.get("wanted") == "language":
                return _("“{found}” is no language tag; those look like en or pt-BR.").format(
                    found=value
                )
            return _(
                "“{found}” is no id. An id has letters a to z, digits, and hyphens between them;"
                " at most 80 signs."
            ).format(found=value[:80])
    if isinstance(info, mi.IntType | mi.FloatType) and info.ge is not None and value < info.ge:
        return _("This number must be at least {least}.").format(least=f"{info.ge:g}")
    return None


def empty(info: mi.Type) -> Any:
    """An empty value of a type, to go on with after a fault."""
    if isinstance(info, mi.Metadata):
        return empty(info.type)
    if isinstance(info, mi.StructType):
        required = {field.name: empty(field.type) for field in info.fields if field.required}
        return info.cls(**required)
    if isinstance(info, mi.UnionType):
        return None if info.includes_none else empty(info.types[0])
    if isinstance(info, mi.LiteralType):
        return info.values[0]
    return _EMPTY.get(type(info), lambda: None)()


_EMPTY: dict[type[mi.Type], Callable[[], Any]] = {
    mi.StrType: str,
    mi.IntType: int,
    mi.FloatType: float,
    mi.BoolType: bool,
    mi.VarTupleType: tuple,
    mi.DictType: dict,
}


def described(info: mi.Type) -> str:
    """What a type wants, in plain words."""
    if isinstance(info, mi.Metadata):
        return described(info.type)
    if isinstance(info, mi.UnionType):
        members = [described(t) for t in info.types if not isinstance(t, mi.NoneType)]
        return _(" or ").join(dict.fromkeys(members))
    if isinstance(info, mi.LiteralType):
        return _(" or ").join(f"“{value}”" for value in info.values)
    return {
        mi.StrType: _("text"),
        mi.IntType: _("a whole number"),
        mi.FloatType: _("a number"),
        mi.BoolType: _("true or false"),
        mi.NoneType: _("nothing"),
        mi.VarTupleType: _("a list"),
    }.get(type(info), _("a mapping (name: value)"))


def holds_text(info: mi.Type) -> bool:
    """Whether text of any kind fits a type."""
    if isinstance(info, mi.Metadata):
        return holds_text(info.type)
    if isinstance(info, mi.UnionType):
        return any(holds_text(member) for member in info.types)
    return isinstance(info, mi.StrType)


def in_words(node: Node) -> str:
    """What stands at a node, in plain words."""
    if isinstance(node, yaml.SequenceNode):
        return _("a list")
    if isinstance(node, yaml.MappingNode):
        return _("a mapping (name: value)")
    if not isinstance(node, yaml.ScalarNode) or not (node.value or node.style):
        return _("nothing")
    value = plain_value(node)
    if value is None or isinstance(value, bool):
        return _("the word {word}").format(word=node.value)
    if isinstance(value, int | float):
        return _("the number {value}").format(value=node.value[:40])
    shown = value if len(value) <= 40 else value[:39] + "…"
    return _("the text “{value}”").format(value=" ".join(shown.split()))
