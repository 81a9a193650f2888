"""For those who write lessons: the proof that a course is sound."""

from playground.authoring.exercise_proof import ExerciseProof
from playground.authoring.proof import LessonProof, prove

__all__ = ["ExerciseProof", "LessonProof", "prove"]
