"""One learner at work: what the app and the plain mode drive, with no terminal of its own."""

from playground.running import LiveRun, Preloaded
from playground.study.data import (
    ExerciseEntry,
    Here,
    LessonEntry,
    Milestone,
    ModuleEntry,
    Progress,
    Solution,
)
from playground.study.freeplay import FreePlay
from playground.study.gate import seen_not_passed
from playground.study.study import Study
from playground.study.workfolder import Taken, answer_of, answer_place, take

__all__ = [
    "ExerciseEntry",
    "FreePlay",
    "Here",
    "LessonEntry",
    "LiveRun",
    "Milestone",
    "ModuleEntry",
    "Preloaded",
    "Progress",
    "Solution",
    "Study",
    "Taken",
    "answer_of",
    "answer_place",
    "seen_not_passed",
    "take",
]
