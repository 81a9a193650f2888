"""The words of the program in the reader's language (gettext; English is the source).

Every user-visible string goes through `_` or `ngettext` *when it is shown*; strings that are
written down before the language is known (tables of actions, of findings) are marked with `N_`
and pass through `_` later. Placeholders are named and filled with `str.format`.
"""

import gettext
from pathlib import Path

LANGUAGES = ("en", "pt-BR", "ru")
"""The languages of the program, as BCP 47 tags; lessons may have others."""

_LOCALES = Path(__file__).parent / "locales"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak `language` (one of `LANGUAGES`) from now on; an unknown one means English."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "en"
    _catalogue = gettext.translation(
        "playground", _LOCALES, languages=[_language.replace("-", "_")], fallback=True
    )


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return _language


def closest_language(wanted: str) -> str:
    """The one of `LANGUAGES` nearest to a tag or a POSIX locale (`pt_PT.UTF-8` is near `pt-BR`)."""
    primary = wanted.replace("_", "-").split("-")[0].split(".")[0].lower()
    return next((tag for tag in LANGUAGES if tag.split("-")[0] == primary), "en")


def _(message: str) -> str:
    """The message in the language in use."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits `count` in the language in use."""
    return _catalogue.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for "mark, do not translate yet")
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message
