"""For those who write lessons: the proof that a course is sound, and rows that make it stronger."""

from playground.authoring.exercise_proof import ExerciseProof
from playground.authoring.fixing import Change, changes, undo, write
from playground.authoring.mutants import Killer
from playground.authoring.proof import LessonProof, prove

__all__ = ["Change", "ExerciseProof", "Killer", "LessonProof", "changes", "prove", "undo", "write"]
