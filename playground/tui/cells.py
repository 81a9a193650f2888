"""How much room a text takes on the screen."""

from rich.cells import cell_len, set_cell_size


def width(text: str) -> int:
    """Terminal cells that `text` takes; wide characters take two, combining ones none."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """`text` in exactly `cells` terminal cells: padded, or cut with an ellipsis."""
    size = width(text)
    if size > cells:
        return set_cell_size(text, cells - 1) + "…" if cells > 0 else ""
    padding = " " * (cells - size)
    return padding + text if right else text + padding
