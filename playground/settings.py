"""Where the program keeps its things, and what the reader has set.

Flags stand above environment variables, those above `config.toml`, that above the defaults here.
Nothing in this module costs start-up time: the app reads it before its first paint.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from playground.texts import _

Way = Literal["auto", "zygote", "spawned"]
_WAYS = ("auto", "zygote", "spawned")


@dataclass(frozen=True)
class Settings:
    """What a reader may set, by the names of `config.toml`."""

    language: str = ""
    """BCP 47 tag of texts and lessons; empty follows the system."""
    theme: str = ""
    """A Textual theme; empty is the program's own."""
    store: str = ""
    """SQLAlchemy URL of the learner's records; empty is a file in the data folder."""
    learner: str = ""
    """Whose records these are, in a store that many share."""
    seconds: float = 5.0
    """Wall-clock limit of one run."""
    memory_mb: int = 512
    """Memory limit of one run, where the system has one."""
    way: Way = "auto"
    """How a run gets its process; `spawned` is what Windows and macOS use."""
    highlight: bool = True
    """Whether the editor colours code."""
    plain: bool = False
    """Whether the line-by-line mode is used instead of the app."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys by action name, comma-separated: `run = "f5,ctrl+r"`."""


@dataclass(frozen=True)
class Places:
    """Where things are written; each folder is made by whoever writes into it first."""

    config: Path
    """The `config.toml` that is read."""
    data: Path
    """Records, drafts and the resume file: the learner's own."""
    cache: Path
    """What can be made again: database images, course outlines."""
    log: Path
    """Where a fault of the program leaves its traceback."""

    @property
    def resume(self) -> Path:
        """The small file that the first paint is made from."""
        return self.data / "resume.json"

    def store_url(self, settings: Settings) -> str:
        """The SQLAlchemy URL of the records."""
        # Percent signs and question marks mean something in a URL; nothing else of a path does.
        path = (self.data / "records.db").as_posix().replace("%", "%25").replace("?", "%3F")
        return settings.store or f"sqlite:///{path}"


def find_places(home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Places:
    """The platform's folders, or all of them below `home` (or `PLAYGROUND_HOME`)."""
    if home is None and environ.get("PLAYGROUND_HOME"):
        home = Path(environ["PLAYGROUND_HOME"])
    if home is not None:
        home = home.expanduser().absolute()
        return Places(
            home / "config.toml", home / "data", home / "cache", home / "log" / "playground.log"
        )
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("playground", appauthor=False)
    return Places(
        dirs.user_config_path / "config.toml",
        dirs.user_data_path,
        dirs.user_cache_path,
        dirs.user_log_path / "playground.log",
    )


def load(places: Places, environ: Mapping[str, str] = os.environ) -> tuple[Settings, list[str]]:
    """The settings in force, and what was wrong with them, as sentences for the reader.

    A wrong value never stops the program: it is said, and the default stands.
    """
    problems: list[str] = []
    given = _read_file(places.config, problems)
    for name in (f.name for f in fields(Settings) if f.name != "keys"):
        value = environ.get(f"PLAYGROUND_{name.upper()}")
        if value:
            given[name] = value
    defaults = Settings()
    known = [f.name for f in fields(Settings)]
    fitting: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            problems.append(_unknown(places.config, name, known))
            continue
        fitted = _fit(name, value, getattr(defaults, name))
        if fitted is None:
            problems.append(
                _("The setting {name} cannot be {value}; the default stands.").format(
                    name=name, value=repr(value)
                )
            )
        else:
            fitting[name] = fitted
    return Settings(**fitting), problems


def system_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language that the system asks for, as a tag or a POSIX locale; empty if it does not."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return value
    if sys.platform in ("win32", "darwin"):
        import locale

        return locale.getlocale()[0] or ""
    return ""


def _read_file(config: Path, problems: list[str]) -> dict[str, Any]:
    try:
        data = config.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        problems.append(
            _("{file} cannot be read ({reason}); the defaults stand.").format(
                file=config, reason=error.strerror
            )
        )
        return {}
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(
            _("{file} is not valid TOML ({reason}); the defaults stand.").format(
                file=config, reason=error
            )
        )
        return {}


def _unknown(config: Path, name: str, known: list[str]) -> str:
    nearest = get_close_matches(name, known, n=1)
    if nearest:
        return _("{file} sets {name}, which is not known. Did you mean {nearest}?").format(
            file=config, name=name, nearest=nearest[0]
        )
    return _("{file} sets {name}, which is not known. Known are: {known}.").format(
        file=config, name=name, known=", ".join(known)
    )


def _fit(name: str, value: object, default: object) -> object | None:
    """The value as the setting's type, or None if it does not fit."""
    if name == "way":
        return value if value in _WAYS else None
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
            str(value).lower()
        )
    if isinstance(default, (int, float)):
        try:
            number = type(default)(str(value))
        except ValueError:
            return None
        return number if number > 0 else None
    if isinstance(default, dict):
        fits = isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values())
        return value if fits else None
    return value if isinstance(value, str) else None
