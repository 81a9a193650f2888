"""What an exercise of each kind must have, and what its parts must say to each other."""

from playground.course.checks import ALWAYS
from playground.course.convert import Converter
from playground.course.files import ExerciseFile
from playground.course.needs import wrong_need
from playground.texts import _

_EVERY = {
    "id", "title", "task", "kind", "hints", "solution_after", "points", "tags", "further", "was",
}  # fmt: skip
_ANSWERED = {
    "language", "solution_language", "setup", "after", "solution", "also_accept", "checks",
    "mistakes", "equivalent",
}  # fmt: skip
FIELDS: dict[str, set[str]] = {
    "code": _EVERY | _ANSWERED | {"starter"},
    "order": _EVERY | _ANSWERED,
    "quiz": _EVERY | {"options", "choose", "answers"},
    "predict": _EVERY | {"code", "predict", "setup", "language"},
}
"""The fields that each kind of exercise may have."""


def judge_exercise(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    """Report what is wrong with an exercise beyond the types of its fields."""
    _fields_of_kind(converter, exercise, path)
    judge_needs(converter, exercise.tags, f"{path}.tags")
    if exercise.kind in ("code", "order"):
        _needs(converter, path, "solution", exercise.solution)
        _solution_language(converter, exercise, path)
        _points(converter, exercise, path)
        _checks_twice(converter, exercise, path)
        _tests(converter, exercise, path)
    elif exercise.kind == "predict":
        _needs(converter, path, "code", exercise.code)
        _predict_language(converter, exercise, path)
    elif exercise.choose == "text":
        _quiz_of_text(converter, exercise, path)
    else:
        _quiz_of_options(converter, exercise, path)


def judge_needs(converter: Converter, tags: tuple[str, ...], path: str) -> None:
    """Report tags that need what nothing is called."""
    for number, tag in enumerate(tags):
        wrong = wrong_need(tag)
        if wrong:
            converter.fault(f"{path}.{number}", wrong)


def _fields_of_kind(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    if not converter.sound(f"{path}.kind"):
        return
    for field in ExerciseFile.__struct_encode_fields__:
        below = f"{path}.{field}"
        if converter.given(below) and field not in FIELDS[exercise.kind]:
            owners = " / ".join(kind for kind, fields in FIELDS.items() if field in fields)
            message = _(
                "“{field}:” does not belong to an exercise of kind {kind}, but of {owners}."
            )
            converter.fault(below, message.format(field=field, kind=exercise.kind, owners=owners))


def _needs(converter: Converter, path: str, field: str, text: str) -> None:
    below = f"{path}.{field}"
    if not text.strip() and converter.sound(below):
        converter.fault(below, _("“{field}:” is missing in this exercise.").format(field=field))


def _solution_language(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    chosen = exercise.solution_language
    if chosen and exercise.language not in ("any", chosen):
        message = _("The solution is in {chosen}, but answers must be in {language}.")
        converter.fault(
            f"{path}.solution_language", message.format(chosen=chosen, language=exercise.language)
        )


def _predict_language(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    if exercise.language == "any":
        converter.fault(f"{path}.language", _("Code to predict is in python or in sql."))


def _points(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    if not converter.sound(f"{path}.checks"):
        return
    given = [check.points for check in exercise.checks if check.points is not None]
    for number, check in enumerate(exercise.checks):
        if check.name in ALWAYS and check.options is None and check.points:
            message = _("A check that is off earns no points.")
            converter.fault(f"{path}.checks.{number}.points", message)
    if given and exercise.points is not None and abs(sum(given) - exercise.points) > 1e-9:
        message = _("The points of the checks add up to {sum}, but the exercise says {points}.")
        converter.fault(
            f"{path}.points",
            message.format(sum=f"{sum(given):g}", points=f"{exercise.points:g}"),
        )


def _quiz_of_text(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    if not exercise.answers and converter.sound(f"{path}.answers"):
        converter.fault(f"{path}.answers", _("A quiz with “choose: text” needs “answers:”."))
    if exercise.options:
        message = _("A quiz with “choose: text” has answers, not options.")
        converter.fault(f"{path}.options", message)


def _quiz_of_options(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    below = f"{path}.options"
    if exercise.answers:
        converter.fault(f"{path}.answers", _("“answers:” goes with “choose: text”."))
    if not converter.sound(below) or not converter.sound(f"{path}.choose"):
        return
    right = sum(option.right for option in exercise.options)
    if len(exercise.options) < 2:
        converter.fault(below, _("A quiz needs at least two options."))
    elif right == 0:
        converter.fault(below, _("No option is right. Mark one with “right: true”."))
    elif right > 1 and exercise.choose == "one":
        message = _("{count} options are right; write “choose: many” or leave one.")
        converter.fault(below, message.format(count=right))


def _checks_twice(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    """`result` and `state` always apply, so that a second entry could only contradict the first."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for number, check in enumerate(exercise.checks):
        key = (check.name, check.on)
        if check.name in ALWAYS and key in seen:
            message = _("“{name}” stands here twice for the same variants. Leave one.")
            converter.fault(f"{path}.checks.{number}", message.format(name=check.name))
        seen.add(key)


def _tests(converter: Converter, exercise: ExerciseFile, path: str) -> None:
    """The program that tests are for is the setup, and pytest is not always there."""
    for number, check in enumerate(exercise.checks):
        if check.name != "tests":
            continue
        below = f"{path}.checks.{number}"
        if not exercise.setup.strip() and converter.sound(f"{path}.setup"):
            message = _("“tests” judges tests of the program that stands in “setup:”. Write one.")
            converter.fault(below, message)
        if "needs:pytest" not in exercise.tags:
            message = _('“tests” runs pytest. Add the tag: tags: ["needs:pytest"]')
            converter.fault(below, message)
