"""What `playground prove` says, to people and as JSON."""

from typing import Any

from playground.authoring import ExerciseProof, LessonProof
from playground.course import Fault
from playground.texts import _, ngettext


def brief(proof: LessonProof) -> list[str]:
    """One line for each exercise."""
    return [
        f"{exercise.ref}: "
        + (_("sound") if all(fault.warning for fault in exercise.faults) else _("not sound"))
        + ", "
        + ngettext("{count} answer", "{count} answers", exercise.answers).format(
            count=exercise.answers
        )
        + ", "
        + ngettext("{count} mistake", "{count} mistakes", exercise.mistakes).format(
            count=exercise.mistakes
        )
        + ", "
        + ngettext("{count} variant", "{count} variants", exercise.variants).format(
            count=exercise.variants
        )
        for exercise in proof.exercises
        if not exercise.lack
    ]


def skipped(proof: LessonProof) -> list[str]:
    """What was not proved, since something that it needs is missing here."""
    lines = [
        _("{exercise}: skipped. {reason}").format(exercise=exercise.ref, reason=exercise.lack)
        for exercise in proof.exercises
        if exercise.lack
    ]
    if proof.lack:
        reason = _("The examples in the text were not run. {reason}").format(reason=proof.lack)
        lines.insert(0, f"{proof.lesson}: {reason}")
    return lines


def summary(proofs: list[LessonProof], errors: list[Fault]) -> str:
    """What it all comes to, in one line."""
    exercises = sum(len(proof.exercises) for proof in proofs)
    lessons = ngettext("{count} lesson", "{count} lessons", len(proofs)).format(count=len(proofs))
    counted = ngettext("{count} exercise", "{count} exercises", exercises).format(count=exercises)
    left_out = sum(bool(exercise.lack) for proof in proofs for exercise in proof.exercises)
    if left_out:
        part = ngettext("{count} of them skipped", "{count} of them skipped", left_out)
        counted = f"{counted} ({part.format(count=left_out)})"
    if not errors:
        return _("Sound: {lessons}, {exercises}.").format(lessons=lessons, exercises=counted)
    found = ngettext("{count} fault", "{count} faults", len(errors)).format(count=len(errors))
    return _("Not sound: {faults} in {lessons}, {exercises}.").format(
        faults=found, lessons=lessons, exercises=counted
    )


def strength(proofs: list[LessonProof]) -> list[str]:
    """How much each exercise rejects and accepts, as a table."""
    head = [
        _("exercise"),
        _("mutants"),
        _("killed"),
        _("declared"),
        _("alive"),
        _("variants"),
        _("mistakes"),
        _("answers"),
    ]
    rows = [[e.ref, *map(str, _numbers(e).values())] for p in proofs for e in p.exercises]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in [head, *rows]
    ]


def _numbers(proof: ExerciseProof) -> dict[str, int]:
    return {
        "mutants": proof.mutants,
        "killed": proof.mutants - proof.survivors,
        "declared": proof.survivors - proof.alive,
        "alive": proof.alive,
        "variants": proof.variants,
        "mistakes": proof.mistakes,
        "answers": proof.answers,
    }


def as_json(course: str, proofs: list[LessonProof], faults: list[Fault]) -> dict[str, Any]:
    """The shape of `prove --json`, see `docs/json.md`."""
    return {
        "format": 1,
        "course": course,
        "sound": all(fault.warning for fault in faults),
        "lessons": len(proofs),
        "faults": [
            {
                "file": str(fault.place.file),
                "line": fault.place.line,
                "column": fault.place.column,
                "message": fault.message,
                "warning": fault.warning,
            }
            for fault in faults
        ],
        "exercises": [
            {
                "exercise": each.ref,
                "sound": all(fault.warning for fault in each.faults),
                "skipped": each.lack or None,
                **_numbers(each),
                "killers": [
                    {"variant": killer.variant, "statements": list(killer.statements)}
                    for killer in each.killers
                ],
            }
            for proof in proofs
            for each in proof.exercises
        ],
    }
