"""One entry of the catalogue of findings."""

import msgspec


class FindingKind(msgspec.Struct, frozen=True):
    """What a finding is called and what it says; texts are English sources, marked with `N_`."""

    id: str
    title: str
    message: str
    """One or two sentences, with named places for facts."""
    explanation: str = ""
    """Markdown: why it is so, and how to put it right."""
    example: str = ""
    """An answer that gives it, for the documentation."""
    near: bool = False
    """Whether names near to the one that is not there are told, where there are such."""
