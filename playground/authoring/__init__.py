"""For those who write lessons: the proof that a course is sound."""

from playground.authoring.proof import ExerciseProof, LessonProof, prove, prove_lesson

__all__ = ["ExerciseProof", "LessonProof", "prove", "prove_lesson"]
