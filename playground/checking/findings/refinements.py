"""Where the text of an answer tells more than the words of an exception.

Each function is asked of one finding: it gives the finding that it is (its own, or a more
specific one), or None where another rule shall be tried. It may add facts to those that were found.
"""

import re
from collections.abc import Callable, Iterator

from playground.checking.case import Case
from playground.checking.checks.code import dotted
from playground.checking.findings import options
from playground.checking.findings.declared import (
    classes,
    declaration,
    table_of,
    tables,
    tree_of,
)
from playground.checking.findings.methods import near_of, near_operator
from playground.checking.findings.query_refinements import calls
from playground.checking.findings.unwrapped import unwrapped_clues
from playground.running import RunError

Facts = dict[str, str]
_LOADERS = frozenset(
    (
        "contains_eager",
        "defer",
        "immediateload",
        "joinedload",
        "lazyload",
        "load_only",
        "raiseload",
        "selectinload",
        "subqueryload",
        "undefer",
    )
)


def _annotation_in_quotes(case: Case, error: RunError, _found: Facts) -> str | None:
    """`Mapped["Team" | None]`: only an annotation is meant."""
    tree = tree_of(case)
    annotated = tree is not None and any(node.line == error.line for node in tree.find("AnnAssign"))
    return "annotation-in-quotes" if annotated else None


def _without_table(case: Case, _error: RunError, found: Facts) -> str:
    """A class without a table that says which sort it is means to share its parent's."""
    bodies = classes(case)
    body = bodies.get(found["class"], "")
    if "polymorphic_identity" not in body or "polymorphic_on" in body:
        return "no-tablename"
    parents = [name for name, text in bodies.items() if "polymorphic_on" in text]
    found["parent"] = parents[-1] if parents else "Parent"
    return "subclass-of-base"


def _without_key(case: Case, error: RunError, found: Facts) -> str:
    """A relationship without a key may have one that leads to nowhere."""
    for target in _foreign_keys(case):
        table, _, _column = target.rpartition(".")
        if table and table not in tables(case):
            found.update(name=table, table=table)
            return _key_to_nowhere(case, error, found)
    return "relationship-without-key"


def _key_to_nowhere(case: Case, _error: RunError, found: Facts) -> str:
    """A foreign key that names a class, or a table that is not there."""
    if "table" not in found:
        return "foreign-key-target" if "." in found["name"] else "foreign-key-column"
    meant = table_of(classes(case).get(found["name"], ""))
    if meant is not None:
        found["near"] = meant
        return "foreign-key-to-class"
    found["near"] = options.closest(found["name"], tuple(sorted(tables(case))))
    return "foreign-key-target"


def _foreign_keys(case: Case) -> Iterator[str]:
    """The targets of `ForeignKey("table.column")` in the answer."""
    for call in calls(case, "ForeignKey"):
        target = call.child("args")
        if target is not None and isinstance(target.get("value"), str):
            yield str(target.get("value"))


def _unknown_target(case: Case, _error: RunError, found: Facts) -> str:
    """The text of `secondary` names a table, not a class."""
    for call in calls(case, "relationship"):
        for keyword in call.all("keywords"):
            value = keyword.child("value")
            named = value.get("value") if value is not None else None
            if keyword.get("arg") == "secondary" and named == found["name"]:
                found["near"] = options.closest(found["name"], tuple(sorted(tables(case))))
                return "secondary-unknown"
    return "relationship-target"


def _text(case: Case, _error: RunError, found: Facts) -> str:
    """A text of a relationship that names a column without its class."""
    for name, body in classes(case).items():
        if re.search(rf"^[ \t]+{found['name']}\s*[:=]", body, re.MULTILINE):
            found["near"] = f"{name}.{found['name']}"
    return "relationship-text"


def _attribute_of(case: Case, _error: RunError, found: Facts) -> str:
    """What was asked of an attribute: of JSON, of a column, or of a relationship."""
    if "owner" not in found:
        return "relationship-compared"
    line = declaration(case, found["owner"])
    kinds = [
        column.type
        for table in case.schema.tables
        for column in table.columns
        if column.name == found["owner"].rpartition(".")[2]
    ]
    if re.search(r"\bJSONB?\b", line) or (not line and "JSON" in kinds):
        return "json-attribute"
    if "relationship(" in line:
        return "relationship-compared"
    return _of_column(found) if line or kinds else "relationship-compared"


def _of_column(found: Facts) -> str:
    found["near"] = near_operator(found["name"])
    return "python-attribute-on-column"


def _expression_attribute(case: Case, error: RunError, found: Facts) -> str | None:
    """What was asked of an expression; of one that follows a path into JSON, or of any other."""
    tree = tree_of(case)
    subscripts = [n for n in tree.find("Subscript") if n.line == error.line] if tree else []
    for node in subscripts:
        if re.search(r"\bJSONB?\b", declaration(case, dotted(node.child("value")) or "")):
            return "json-attribute"
    return _of_column(found)


def _path(case: Case, error: RunError, found: Facts) -> str | None:
    """`selectinload(Customer.orders.items)`: a path within a loader option."""
    inside = any(
        node.get("attr") == found["name"] and node.line == error.line
        for call in calls(case, *_LOADERS)
        for argument in call.all("args")
        for node in argument.find("Attribute")
    )
    return "option-path" if inside else None


def _not_called(case: Case, error: RunError, found: Facts) -> str | None:
    """`with session.begin as …`: which name stands there without its parentheses."""
    if "name" in found:
        return "method-not-called"
    tree = tree_of(case)
    for node in tree.find("Attribute") if tree is not None and "asked" in found else ():
        if node.get("attr") == found["asked"] and node.line == error.line:
            found["name"] = dotted(node.child("value")) or ""
            return "method-not-called" if found["name"] else None
    for node in tree.find("With", "AsyncWith") if tree is not None else ():
        for item in node.all("items"):
            name = dotted(item.child("context_expr"))
            if name and node.line == error.line:
                found["name"] = name
                return "method-not-called"
    return None


def _listener(case: Case, _error: RunError, found: Facts) -> str | None:
    """A function that SQLAlchemy calls: one that listens to an event, or validates."""
    tree = tree_of(case)
    name = found["function"].rpartition(".")[2]
    if tree is None:
        return None
    for function in tree.find("FunctionDef"):
        names = {
            str(node.get("id") or node.get("attr"))
            for decorator in function.all("decorator_list")
            for node in decorator.find("Name", "Attribute")
        }
        if function.get("name") == name and names & {"listens_for", "validates"}:
            return "listener-arguments"
    listened = any(
        argument.get("id") == name
        for call in calls(case, "listen")
        for argument in call.all("args")
    )
    return "listener-arguments" if listened else None


def _pairs(case: Case, error: RunError, _found: Facts) -> str | None:
    """`case(condition, value)`: something else than pairs or a dictionary is given."""
    for call in calls(case, "case"):
        given = call.all("args")
        if call.line == error.line and any(
            a.kind not in ("Tuple", "Dict", "Starred") for a in given
        ):
            return "case-takes-pairs"
    return None


def _select_keyword(case: Case, error: RunError, found: Facts) -> bool:
    """`select(A.x, whereclause=…)`: which keyword stands in it."""
    for call in calls(case, "select"):
        for keyword in call.all("keywords") if call.line == error.line else ():
            found.update(function="select", name=str(keyword.get("arg")))
            return True
    return False


def _option(case: Case, error: RunError, found: Facts) -> str | None:
    """Whose option it is, and which one is meant; a function of the answer's own is none."""
    tree = tree_of(case)
    if "name" not in found and not _select_keyword(case, error, found):
        return None
    if "function" not in found:
        found["function"] = next(
            (
                dotted(keyword.parent.child("func")) or ""
                for keyword in (tree.find("keyword") if tree is not None else ())
                if keyword.get("arg") == found["name"] and keyword.parent is not None
            ),
            "",
        )
    function = found["function"] = options.shown(found["function"])
    own = {node.get("name") for node in tree.find("FunctionDef")} if tree is not None else set()
    if not function or function.rpartition(".")[2] in own:
        return None
    found["near"] = options.near(function, found["name"])
    return "unknown-option"


def _call(_case: Case, error: RunError, found: Facts) -> str:
    """A call with too few or too many values, by the name that one calls."""
    found["function"] = options.shown(found["function"])
    return "missing-argument" if " missing " in error.message else "too-many-arguments"


def _given(case: Case, _error: RunError, found: Facts) -> str:
    """What was given in place of an expression, without the addresses of what is in it."""
    found["text"] = re.sub(r"<[^<>]*>", "…", found["text"])
    tree = tree_of(case)
    unwrapped = list(unwrapped_clues(tree)) if tree is not None else []
    for clue in unwrapped:
        if found["text"].startswith(clue.facts["function"]):
            found.update(clue.facts)
            return "column-not-wrapped"
    return "expression-expected"


def _url(case: Case, error: RunError, _found: Facts) -> str | None:
    """A number that is none is a URL's port only where a URL is read."""
    read = any(call.line == error.line for call in calls(case, "create_engine", "make_url"))
    return "bad-url" if error.type != "ValueError" or read else None


def _attribute(case: Case, error: RunError, found: Facts) -> str | None:
    """What a class or an object of it does not have; of objects of other classes nothing is known."""
    of_class = not error.message.startswith("'")
    known = of_class or found["class"] in classes(case) or _is_reflected(case, found["class"])
    if found["class"] in _OWN:
        found["near"] = near_of(found["class"], found["name"])
        return "unknown-attribute"
    return "unknown-attribute" if known else None


_OWN = frozenset(("Inspector", "MetaData", "Session", "Connection", "Engine", "Table", "URL"))
"""SQLAlchemy's classes whose objects an answer works with."""


def _is_reflected(case: Case, name: str) -> bool:
    return name.casefold() in {t.name.replace("_", "").casefold() for t in case.schema.tables}


def _cut(case: Case, error: RunError, _found: Facts) -> str | None:
    """`A.name[0:2]`; a column that Python goes through (`sum(A.id)`) raises the same."""
    tree = tree_of(case)
    cuts = tree.find("Subscript") if tree is not None else ()
    return "column-cut" if any(node.line == error.line for node in cuts) else None


def _one_object(case: Case, _error: RunError, found: Facts) -> str | None:
    """An object of a mapped class where a list of them is gone through."""
    known = found["class"] in classes(case) or _is_reflected(case, found["class"])
    return "list-of-objects" if known else None


def _value(_case: Case, _error: RunError, found: Facts) -> str:
    found.setdefault("near", options.near(found["option"], found["name"]))
    return "option-value"


def _event(_case: Case, _error: RunError, found: Facts) -> str:
    found["near"] = options.closest(found["name"], options.EVENTS)
    return "unknown-event"


REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "annotation-in-quotes": _annotation_in_quotes,
    "no-tablename": _without_table,
    "relationship-without-key": _without_key,
    "foreign-key-target": _key_to_nowhere,
    "relationship-target": _unknown_target,
    "relationship-text": _text,
    "relationship-compared": _attribute_of,
    "json-attribute": _expression_attribute,
    "option-path": _path,
    "method-not-called": _not_called,
    "listener-arguments": _listener,
    "case-takes-pairs": _pairs,
    "unknown-option": _option,
    "option-value": _value,
    "missing-argument": _call,
    "too-many-arguments": _call,
    "bad-url": _url,
    "expression-expected": _given,
    "unknown-event": _event,
    "unknown-attribute": _attribute,
    "column-cut": _cut,
    "list-of-objects": _one_object,
}
"""What is asked more of the finding of a rule."""
