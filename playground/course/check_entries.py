"""Reads an entry of `checks:`: one check's name with its options, and what stands beside it."""

from typing import Any

import yaml

from playground.course.checks import ALWAYS, CHECKS, COMBINATORS, Combined
from playground.course.convert import Converter
from playground.course.errors import unknown_name
from playground.course.fields import Points
from playground.course.model import Check
from playground.course.source import Node, plain_value
from playground.texts import _

BESIDE = ("on", "points", "says")
"""What may stand beside the check's name in an entry."""
_NO_CHECK = Check(name="", options=None)


def read_check(converter: Converter, node: Node, path: str) -> Check:
    """One entry; a check that combines others is read with all of them."""
    return _entry(converter, node, path, inside=False)


def _entry(converter: Converter, node: Node, path: str, *, inside: bool) -> Check:
    found = converter.mapping(node, path)
    names = [name for name in found if name not in BESIDE]
    known = [name for name in names if name in CHECKS]
    for name in names:
        if name not in CHECKS:
            _fault_at(
                converter, found[name][0], f"{path}.{name}", unknown_name(name, [*CHECKS, *BESIDE])
            )
    if len(known) != 1:
        if len(known) > 1:
            message = _("One entry has one check; give {second} an entry of its own.")
            _fault_at(converter, found[known[1]][0], path, message.format(second=known[1]))
        elif isinstance(node, yaml.MappingNode) and not names:
            converter.fault(path, _("The name of a check is missing here."))
        return _NO_CHECK
    name = known[0]
    if inside:
        for beside in BESIDE[:2]:
            if beside in found:
                message = _("“{name}:” stands beside the outer check, not inside it.")
                _fault_at(
                    converter, found[beside][0], f"{path}.{beside}", message.format(name=beside)
                )
    return Check(
        name=name,
        options=_options(converter, name, found[name][1], f"{path}.{name}", inside=inside),
        on=_beside(converter, found, path, "on", tuple[str, ...], ()),
        points=_beside(converter, found, path, "points", Points, None),
        says=_beside(converter, found, path, "says", str, ""),
        place=converter.source.place(found[name][0]),
    )


def _beside(
    converter: Converter,
    found: dict[str, tuple[Node, Node]],
    path: str,
    name: str,
    kind: Any,
    default: Any,
) -> Any:
    return converter.read(found[name][1], kind, f"{path}.{name}") if name in found else default


def _fault_at(converter: Converter, node: Node, path: str, message: str) -> None:
    converter.nodes.setdefault(path, node)
    converter.report(node, path, message)


def _options(converter: Converter, name: str, node: Node, path: str, *, inside: bool) -> Any:
    """The typed options; None where the check is switched off."""
    kind = CHECKS[name].options
    if name in COMBINATORS:
        return _combined(converter, node, path)
    if isinstance(node, yaml.ScalarNode):
        value = plain_value(node)
        if value == "off":
            if name not in ALWAYS or inside:
                converter.nodes[path] = node
                converter.fault(path, _("Only result and state can be switched off."))
            return None
        if value is None:
            return converter.read(_nothing_given(node), kind, path)
    if isinstance(node, yaml.MappingNode):
        return converter.read(node, kind, path)
    return converter.read(_under_first(node, CHECKS[name].first), kind, path)


def _combined(converter: Converter, node: Node, path: str) -> Combined:
    converter.nodes[path] = node
    if isinstance(node, yaml.SequenceNode):
        entries = [(f"{path}.{number}", item) for number, item in enumerate(node.value)]
    else:
        entries = [(path, node)]
    if not entries:
        converter.fault(path, _("The checks to combine are missing here."))
    return Combined(tuple(_entry(converter, item, below, inside=True) for below, item in entries))


def _nothing_given(node: Node) -> Node:
    return yaml.MappingNode("", [], node.start_mark, node.end_mark)


def _under_first(node: Node, first: str) -> Node:
    """A bare value stands for the first option: the mapping that it is short for."""
    key = yaml.ScalarNode("", first, node.start_mark, node.start_mark)
    return yaml.MappingNode("", [(key, node)], node.start_mark, node.end_mark)
