"""The styles that a widget draws its own lines in."""

from rich.style import Style
from textual.widget import Widget


class ComponentStyles:
    """Component classes of a widget as styles, each looked up once until the theme changes."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        """`prefix` begins the names of the widget's component classes (`table` in `table--row`)."""
        self._widget = widget
        self._prefix = prefix
        self._known: dict[str, Style] = {}

    def __getitem__(self, name: str) -> Style:
        """The style of a component class; `base` is that of the widget itself."""
        style = self._known.get(name)
        if style is None:
            style = self._known[name] = (
                self._widget.rich_style
                if name == "base"
                else self._widget.get_component_rich_style(f"{self._prefix}--{name}")
            )
        return style

    def forget(self) -> None:
        """Look them up anew: the theme is another one."""
        self._known.clear()
