"""What flows at the width that there is."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from playground.tui.pieces import Piece, drawn, unbroken


class Flowing(Widget):
    """As many lines as `drawn_at` needs for the width; it is asked once for each."""

    DEFAULT_CSS = "Flowing { height: auto; width: 100%; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False
        self._last = (0, Content(""))

    def drawn_at(self, cells: int) -> Content:
        """What is to be seen, in lines of at most `cells`."""
        raise NotImplementedError

    def draw_anew(self) -> None:
        """Something else is to be seen."""
        self._last = (0, Content(""))
        self.refresh(layout=True)

    def _at(self, cells: int) -> Content:
        if self._last[0] != cells:
            self._last = (cells, self.drawn_at(cells))
        return self._last[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are at that width."""
        return self._at(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The lines at the present width."""
        return self._at(self.size.width)


class Flow(Flowing):
    """Paragraphs, list items and lines of code below each other."""

    def __init__(self, pieces: Sequence[Piece], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pieces = pieces

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces."""
        self._pieces = pieces
        self.draw_anew()

    @property
    def text(self) -> str:
        """What stands here, each piece on one line."""
        return str(unbroken(self._pieces))

    def drawn_at(self, cells: int) -> Content:
        """The pieces, broken into lines."""
        return drawn(self._pieces, cells)
