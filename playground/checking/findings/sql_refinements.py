"""Where the SQL that was sent tells more than the words in which the database refuses it.

Each function is asked of one finding, as those of `refinements` are.
"""

import re
from collections.abc import Callable

from playground.checking.analyst.analysis import AnalystError
from playground.checking.case import Case
from playground.checking.findings.cartesian import COMPARISONS
from playground.checking.findings.declared import tables, tree_of
from playground.checking.findings.query_refinements import calls
from playground.running import RunError

Facts = dict[str, str]
_LEFT_OUT = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_CLAUSES = ("FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT")
_OTHER_SYSTEMS = (
    (r"\bSELECT\s+TOP\b", "TOP", "LIMIT"),
    (r"\bFETCH\s+(?:FIRST|NEXT)\b", "FETCH FIRST", "LIMIT"),
    (r"\bILIKE\b", "ILIKE", "LIKE"),
    (r"::", "::", "CAST(… AS …)"),
    (r"\bEXTRACT\s*\(\s*\w+\s+FROM\b", "EXTRACT", "strftime('%Y', …)"),
    (r"\bINTERVAL\s+", "INTERVAL", "date(…, '+5 days')"),
    (r"\b(?:DATE|TIMESTAMP)\s+(?:''|\?)", "DATE '…'", "'2024-03-31'"),
)


def _syntax(case: Case, error: RunError, found: Facts) -> str:
    """Why SQL cannot be read, where its text shows it."""
    sql, near = _sent(case), found["near_text"]
    words = _LEFT_OUT.sub("''", sql)
    for pattern, name, meant in _OTHER_SYSTEMS:
        match = re.search(pattern, words, re.IGNORECASE)
        if match is not None and _stops_at(words, match, near):
            found.update(name=name, near=meant)
            return "other-dialect"
    if re.search(r"[‘’“”]", near):
        found["name"] = re.findall(r"[‘’“”]", near)[0]
        return "curly-quotes"
    if re.match(r"unrecognized token: \"['\"]", near):
        return "quote-open"
    if near == "incomplete input" and words.count("(") > words.count(")"):
        return "parenthesis-open"
    return _keyword(case, words, near, found) or _word(words, near, found) or "sql-syntax"


def _keyword(case: Case, words: str, near: str, found: Facts) -> str | None:
    """A word of SQL where the name of a table belongs: `FROM order`."""
    place = rf"\b(?:FROM|JOIN|INTO|UPDATE)\s+{re.escape(near)}(?!\w)"
    if near.upper() not in _WORDS or re.search(place, words, re.IGNORECASE) is None:
        return None
    names = sorted(name for name in tables(case) if name.lower().startswith(near.lower()))
    found.update(name=near, near=", ".join(names[:1]))
    return "keyword-as-name"


_WORDS = frozenset(
    ("ORDER", "GROUP", "TABLE", "INDEX", "TRANSACTION", "CHECK", "DEFAULT", "VALUES")
)


def _stops_at(words: str, match: "re.Match[str]", near: str) -> bool:
    """Whether the database stopped in what matched, or at the word after it."""
    token = ":" if near.startswith("unrecognized") else "''" if near.startswith("'") else near
    return token.lower() in words[match.start() : match.end() + len(token) + 2].lower()


def _word(words: str, near: str, found: Facts) -> str | None:
    """What is wrong with the word at which the database stopped."""
    place = re.escape(near)
    if re.match(r"\s*DELETE\s+(?!FROM\b)", words, re.IGNORECASE):
        return "delete-of-rows"
    missing = re.search(rf"\b(ORDER|GROUP)\s+(?!BY\b){place}", words, re.IGNORECASE)
    if missing is not None:
        found["name"] = missing[1].upper()
        return "by-missing"
    if re.search(rf",\s*{place}(?!\w)", words, re.IGNORECASE) and near.upper() in _ENDINGS:
        found["name"] = near
        return "comma-too-many"
    if near.upper() in _FIRST_WORDS and words.upper().count("SELECT") == 1:
        return _order(words, near.upper(), found)
    return None


_ENDINGS = ("FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", ")", "SET", "VALUES")
_FIRST_WORDS = {clause.split()[0]: clause for clause in _CLAUSES}


def _order(words: str, near: str, found: Facts) -> str | None:
    """The clause that stands after one which it belongs before."""
    late = _FIRST_WORDS[near]
    behind = _CLAUSES[_CLAUSES.index(late) + 1 :]
    for early in behind:
        spaced = early.replace(" ", r"\s+")
        if re.search(rf"\b{spaced}\b.*\b{near}\b", words, re.IGNORECASE | re.DOTALL):
            found.update(late=late, early=early)
            return "clause-order"
    return None


def _sent(case: Case) -> str:
    """The statement that the database refused."""
    sent = [s for s in case.run.statements if s.kind != "transaction"]
    return sent[-1].sql if sent else ""


def _column(case: Case, error: RunError, found: Facts) -> str:
    """A column that is not there: of a table or alias that is not, or in quotes that are none."""
    if re.search(r"no such column: [‘’“”]", error.message):
        found["name"] = "‘"
        return "curly-quotes"
    alias, _, name = found["name"].rpartition(".")
    words = _LEFT_OUT.sub("''", _sent(case))
    if alias and name and "." not in alias and error.type == "OperationalError":
        named = (
            rf"(?:\bFROM\b|\bJOIN\b|\bAS\b|\bUPDATE\b|\bINTO\b|,|\w\s|\))\s*[\"`\[]?{alias}\b(?!\.)"
        )
        if re.search(named, words, re.IGNORECASE) is None:
            found["alias"] = alias
            return "unknown-alias"
    return "unknown-column"


def _columns(case: Case, error: RunError, found: Facts) -> str:
    """Which number of columns or values does not fit."""
    if "row value misused" in error.message and "expanding" in case.answer.text:
        return "expanding-in-parentheses"
    if "name" in found:
        return "function-arguments"
    subquery = re.search(r"sub-select returns (\d+) columns - expected (\d+)", error.message)
    table = re.search(r"has (\d+) columns but (\d+) values", error.message)
    values = re.search(r"(\d+) values for (\d+) columns", error.message)
    if subquery is not None:
        found.update(got=subquery[1], expected=subquery[2])
        return "subquery-columns"
    if table is not None:
        found.update(expected=table[1], got=table[2])
        return "insert-values-count"
    if values is not None:
        found.update(got=values[1], expected=values[2])
        return "insert-values-count"
    wide = _compared_subquery(case) if "row value misused" in error.message else 0
    if wide:
        found.update(got=str(wide), expected="1")
        return "subquery-columns"
    return "wrong-number-of-columns"


def _compared_subquery(case: Case) -> int:
    """How many columns a subquery gives that is compared in the statement that was sent last."""
    try:
        queries = case.queries[-1:]
    except AnalystError:
        return 0
    for node in (node for query in queries for node in query.tree.find("subquery")):
        select = node.child("this")
        count = len(select.all("expressions")) if select is not None else 0
        if node.parent is not None and node.parent.kind in COMPARISONS and count > 1:
            return count
    return 0


def _list(case: Case, error: RunError, found: Facts) -> str:
    """A list that is bound: for an IN, beside `==`, or as a value that no column takes."""
    if re.search(r"\bIN\s*\(?\s*\?", error.message, re.IGNORECASE):
        return "text-in-needs-expanding"
    tree = tree_of(case)
    for node in tree.find("Compare") if tree is not None else ():
        sides = [each.kind for each in node.all("comparators")]
        if node.line == error.line and {"List", "Tuple", "Set"} & set(sides):
            return "list-compared"
    return "parameter-type"


def _label(case: Case, error: RunError, _found: Facts) -> str | None:
    """`label(id)`: a name that is no text; `.lower()` may also be the answer's own."""
    own = ".lower" in case.answer.text
    lines = [call.line for call in calls(case, "label") if call.all("args")]
    return "label-needs-text" if not own and error.line in lines else None


SQL_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "sql-syntax": _syntax,
    "unknown-column": _column,
    "wrong-number-of-columns": _columns,
    "text-in-needs-expanding": _list,
    "label-needs-text": _label,
}
"""What is asked more of the finding of a rule."""
