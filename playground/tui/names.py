"""The names that an answer may use, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import N_, _
from playground.visible import visible

if TYPE_CHECKING:
    from playground.study import Preloaded

_MOST_NAMES = 40
_SOURCES = {
    "playground": N_("ready"),
    "models": N_("models"),
    "sqlalchemy": "sqlalchemy",
    "sqlalchemy.orm": "sqlalchemy.orm",
}


def names_content(preloaded: Preloaded) -> Content:
    """The names that the answer may use without an import, ours and the models' first."""
    lines: list[Content] = []
    for source, title in _SOURCES.items():
        names = [name.name for name in preloaded.names if name.source == source]
        if names:
            shown = ", ".join(names[:_MOST_NAMES])
            more = _(", … all {count}").format(count=len(names)) if len(names) > _MOST_NAMES else ""
            lines.append(Content.assemble((f"{_(title)}  ", "$quiet"), visible(shown), more))
    return Content("\n").join(lines)
