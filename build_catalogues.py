"""Compile the translation catalogues while a wheel is made (`make texts` does it in a checkout)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "playground" / "locales"


def compile_catalogues() -> None:
    """Write a `.mo` beside every `.po`, where Python's gettext looks for it."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling calls this before it packs a wheel (also an editable one)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
