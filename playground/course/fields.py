"""Types of fields that say more than `str` or `list`: the reader and the schema both heed them."""

from typing import Annotated

from msgspec import Meta

Code = Annotated[str, Meta(extra={"code": True})]
"""Program text: a comment sign that cuts it short is a fault, not a comment."""

Identifier = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
        max_length=80,
        extra={"wanted": "identifier"},
    ),
]
"""An id: letters, digits and hyphens, because it names files and stands in commands."""

LanguageTag = Annotated[
    str,
    Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", extra={"wanted": "language"}),
]
"""A BCP 47 tag such as `pt-BR`."""

Names = Annotated[
    tuple[str, ...], Meta(extra={"single": "item"}, extra_json_schema={"x-single": True})
]
"""A list of texts; one text alone stands for a list of one."""

Lines = Annotated[
    tuple[str, ...], Meta(extra={"single": "lines"}, extra_json_schema={"x-single": True})
]
"""A list of lines; a text stands for its lines."""

Count = Annotated[int, Meta(ge=0)]
Points = Annotated[float, Meta(ge=0)]

Text = Annotated[str, Meta(min_length=1)]
"""Text that says something: more than blanks."""

Title = Text | dict[str, Text]
"""Text, or texts by language tag."""


def in_language(title: Title, languages: tuple[str, ...]) -> str:
    """The text of a title in the first of `languages` that it has, else in any."""
    if isinstance(title, str):
        return title
    for language in languages:
        if language in title:
            return title[language]
    return next(iter(title.values()), "")
