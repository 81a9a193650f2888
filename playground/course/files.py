"""The files of a course as their authors write them: one struct per mapping, one field per name.

From these come the strict reader, the JSON Schemas and the list of known fields. What a field
means stands in the lesson format; `lessons` and the like turn them into the model.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from playground.course.fields import Code, Identifier, LanguageTag, Points, Text, Title
from playground.course.model import AnswerLanguage, Check, ExerciseKind, Predicted

FORMAT = 1
"""The number of the format that this version reads."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping of a file; no other names may stand in it."""


class ModuleFile(Written, frozen=True):
    """One module: every lesson in its folder, in file-name order."""

    id: Identifier
    title: Title
    folder: Text


class CourseFile(Written, frozen=True):
    """`course.yaml`: titles, languages, modules in order."""

    format: int
    id: Identifier
    title: Title
    modules: tuple[ModuleFile, ...]
    revision: Annotated[int, Meta(ge=0)] = 1
    language: LanguageTag = "en"
    translations: tuple[LanguageTag, ...] = ()
    proof: Literal["strict"] | None = None


class OptionFile(Written, frozen=True):
    """One choice of a quiz."""

    text: Text
    right: bool = False
    says: str = ""


class MistakeFile(Written, frozen=True):
    """A wrong answer with the finding that it must produce."""

    answer: Code
    finding: Text
    says: str = ""


class EquivalentFile(Written, frozen=True):
    """A mutant that means the same as the solution, with the reason."""

    mutant: Text
    because: Text


class GateFile(Written, frozen=True):
    """When the solution may be opened: what comes first of those given."""

    attempts: Annotated[int, Meta(ge=1)] | None = None
    hints: Literal["all"] | None = None


class ExerciseFile(Written, frozen=True):
    """One exercise; each kind has fields of its own (see `kinds.FIELDS`)."""

    id: Identifier
    title: Text
    task: Text
    kind: ExerciseKind = "code"
    language: AnswerLanguage = "python"
    solution_language: Literal["python", "sql"] | None = None
    starter: Code = ""
    setup: Code = ""
    after: Code = ""
    solution: Code = ""
    also_accept: tuple[Code, ...] = ()
    hints: tuple[Text, ...] = ()
    solution_after: Literal["pass", "never", "always"] | GateFile | None = None
    checks: tuple[Check, ...] = ()
    mistakes: tuple[MistakeFile, ...] = ()
    equivalent: tuple[EquivalentFile, ...] = ()
    points: Points | None = None
    tags: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    was: tuple[Identifier, ...] = ()
    options: tuple[OptionFile, ...] = ()
    choose: Literal["one", "many", "text"] = "one"
    answers: tuple[str | int | float, ...] = ()
    code: Code = ""
    predict: Predicted = "count"


class LessonFile(Written, frozen=True):
    """One lesson: text and exercises, in the course's own language."""

    format: int
    id: Identifier
    title: Text
    exercises: tuple[ExerciseFile, ...]
    text: str = ""
    database: str = "none"
    minutes: Annotated[int, Meta(ge=1)] | None = None
    tags: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    was: tuple[Identifier, ...] = ()
    course: Identifier | None = None
    """Of a lone lesson: the id under which records are kept."""


class OptionTexts(Written, frozen=True):
    """The texts of one choice of a quiz."""

    text: Text
    says: str = ""


class SaysText(Written, frozen=True):
    """The author's own message of a check or a mistake."""

    says: str


class ExerciseTexts(Written, frozen=True):
    """The texts of one exercise; lists go by position."""

    title: str | None = None
    task: str | None = None
    hints: tuple[Text, ...] | None = None
    options: tuple[Text | OptionTexts, ...] | None = None
    checks: tuple[str | SaysText | None, ...] | None = None
    mistakes: tuple[str | SaysText | None, ...] | None = None
    answers: tuple[str | int | float, ...] = ()
    """Right answers of a quiz in this language, beside those of the source."""


class TranslationFile(Written, frozen=True):
    """The texts of one lesson in another language, and nothing but texts."""

    translates: Text
    source: str | None = None
    title: str | None = None
    text: str | None = None
    exercises: dict[str, ExerciseTexts] = {}


class DatabaseFile(Written, frozen=True):
    """`database.yaml`: title, variants, which file is what."""

    format: int
    title: Title
    variants: dict[str, dict[str, Any] | None]
    about: str | dict[str, str] = ""
    models: str | None = None
    foreign_keys: bool = True
