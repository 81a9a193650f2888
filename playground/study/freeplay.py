"""A database of one's own as a course of one lesson: no exercises, the editor is a scratch pad."""

from hashlib import sha256
from pathlib import Path

from playground.course import Lesson, LessonOutline, Module, UnknownName
from playground.databases import Databases, TableSchema
from playground.texts import _

LESSON = "free-play"
_ROWS = 10


class FreePlay:
    """What `Course` is for lessons, for one SQLite file, which is only ever read."""

    def __init__(self, file: Path, databases: Databases) -> None:
        """Open `file`; `databases` needs no course folder.

        Raises:
            DatabaseError: it cannot be read, or is no SQLite database.
        """
        file = file.absolute()
        tables = databases.open(str(file), beside=file).tables
        self.id = f"file-{sha256(str(file).encode('utf-8', 'replace')).hexdigest()[:16]}"
        self.title = file.name
        self._lesson = Lesson(LESSON, file.name, LESSON, file, _text(tables), (), str(file))
        outline = LessonOutline(LESSON, file.name, file, None, (), str(file))
        self.modules = (Module(LESSON, _("A database of your own"), (outline,)),)

    def lessons(self) -> tuple[LessonOutline, ...]:
        """The one lesson."""
        return self.modules[0].lessons

    def outline(self, lesson_id: str) -> LessonOutline:
        """The one lesson.

        Raises:
            UnknownName: any other id.
        """
        if lesson_id != LESSON:
            raise UnknownName(lesson_id, [LESSON])
        return self.modules[0].lessons[0]

    def lesson(self, lesson_id: str) -> Lesson:
        """The one lesson.

        Raises:
            UnknownName: any other id.
        """
        self.outline(lesson_id)
        return self._lesson


def _text(tables: tuple[TableSchema, ...]) -> str:
    """What the lesson pane shows; its runnable block is what the editor begins with."""
    about = _(
        "This is a copy of your database. Every run starts from it anew; the file itself is never "
        "changed."
    )
    if not tables:
        empty = _("It has no tables yet.")
        return f"{about}\n\n{empty}\n"
    how = _("Tables that have a primary key are classes; each is also in `tables` by its name.")
    query = f"{_source(tables[0])}.limit({_ROWS})"
    return f"{about} {how}\n\n```python run\n{query}\n```\n"


def _source(table: TableSchema) -> str:
    if table.model is not None:
        return f"select({table.model})"
    return f"select(tables[{table.name!r}])"
