"""English, Brazilian Portuguese and Russian are equals: every message has its translation."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import playground
from playground import texts

PACKAGE = Path(playground.__file__).parent
TRANSLATED = [tag for tag in texts.LANGUAGES if tag != "en"]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


@cache
def messages() -> frozenset[str]:
    """Every message (of plural ones, the singular) that the program can say."""
    found = extract_from_dir(str(PACKAGE), keywords=KEYWORDS)
    return frozenset(
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in found
        if message
    )


@cache
def catalogue(tag: str) -> Catalog:
    """The catalogue of a language."""
    file = PACKAGE / "locales" / tag.replace("-", "_") / "LC_MESSAGES" / "playground.po"
    with file.open("rb") as source:
        return read_po(source)


def test_every_call_is_seen_by_the_extraction() -> None:
    """Not in an f-string, nor one call in another: there, the extraction misses them."""
    hidden = [
        f"{file.relative_to(PACKAGE)}:{inner.lineno}"
        for file in PACKAGE.rglob("*.py")
        for outer in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(outer, ast.JoinedStr) or says(outer)
        for inner in ast.walk(outer)
        if inner is not outer and says(inner)
    ]
    assert not hidden


def says(node: ast.AST) -> bool:
    """Whether a node is a call that takes a message."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    )


def key(message: Message) -> str:
    """What identifies a message: its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_is_translated(tag: str) -> None:
    translated = {
        key(message)
        for message in catalogue(tag)
        if message.id and all(message.string if message.pluralizable else [message.string])
    }
    assert not sorted(messages() - translated)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_translation_is_left_over(tag: str) -> None:
    assert not sorted({key(m) for m in catalogue(tag) if m.id} - messages())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translations_have_the_placeholders_of_their_message(tag: str) -> None:
    wrong = [
        (key(message), form)
        for message in catalogue(tag)
        if message.id
        for form in (message.string if message.pluralizable else [message.string])
        if form and not placeholders(form) <= allowed(message)
    ]
    assert not wrong


def allowed(message: Message) -> set[str]:
    """The placeholders that the program fills."""
    forms = message.id if message.pluralizable else [message.id]
    return set().union(*(placeholders(form) for form in forms))


def placeholders(text: str) -> set[str]:
    """Named fields of `str.format`, and those of `%`, which argparse uses."""
    percent = set(re.findall(r"%\(\w+\)[sdr]|%[sdr]", text))
    try:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
    except ValueError:
        named = set()  # literal braces: the message is never formatted
    return named | percent


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_compiled_catalogue_speaks(tag: str) -> None:
    texts.use(tag)
    assert texts.language() == tag
    assert texts._("No result.") != "No result."
