"""Our colours: a calm dark and light theme and one of high contrast; the terminal's own as a fourth.

Every pair of foreground and background that is drawn reaches 4.5:1 in these themes (a test
computes it); what a colour says is also said by a sign or a word.
"""

from textual.theme import BUILTIN_THEMES, Theme

from playground.texts import N_

SYNTAX = ("keyword", "name", "string", "number", "comment", "function")
"""Kinds of code that are coloured; each has a CSS variable `syntax-KIND`."""


def _syntax(
    keyword: str, name: str, string: str, number: str, comment: str, function: str
) -> dict[str, str]:
    values = (keyword, name, string, number, comment, function)
    return {f"syntax-{kind}": value for kind, value in zip(SYNTAX, values, strict=True)}


def _scrollbars(line: str, focus: str, background: str) -> dict[str, str]:
    return {
        "scrollbar": line,
        "scrollbar-hover": focus,
        "scrollbar-active": focus,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
    }


DARK = Theme(
    name="playground-dark",
    primary="#7aa2f7",
    secondary="#8fb0f8",
    accent="#7aa2f7",
    foreground="#d6dae6",
    background="#16181d",
    surface="#16181d",
    panel="#22252d",
    success="#8fce8b",
    warning="#e6c07b",
    error="#f28b8b",
    dark=True,
    variables={
        **_syntax("#9db8ff", "#d6dae6", "#a9d6a0", "#e3b98a", "#9097a8", "#8fd0d8"),
        "quiet": "#9aa1b2",
        **_scrollbars("#3a3f4b", "#7aa2f7", "#16181d"),
        "line": "#3a3f4b",
        "line-focus": "#7aa2f7",
        "chosen": "#2a3040",
        "cursor-background": "#3b4a6e",
        "cursor-foreground": "#ffffff",
        "code-background": "#1e2128",
        "footer-key-foreground": "#8fb0f8",
        "block-cursor-background": "#3b4a6e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "button-focus-text-style": "bold",
    },
)

LIGHT = Theme(
    name="playground-light",
    primary="#2450b2",
    secondary="#2450b2",
    accent="#2450b2",
    foreground="#22262e",
    background="#fbfbfa",
    surface="#fbfbfa",
    panel="#eeeeec",
    success="#1e6b2c",
    warning="#7a5200",
    error="#a8232b",
    dark=False,
    variables={
        **_syntax("#2450b2", "#22262e", "#1e6b2c", "#8a4b00", "#5d6470", "#0b6470"),
        "quiet": "#5a616d",
        **_scrollbars("#c9cbce", "#2450b2", "#fbfbfa"),
        "line": "#c9cbce",
        "line-focus": "#2450b2",
        "chosen": "#e6ebf7",
        "cursor-background": "#2450b2",
        "cursor-foreground": "#ffffff",
        "code-background": "#f1f1ef",
        "footer-key-foreground": "#2450b2",
        "block-cursor-background": "#2450b2",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "button-focus-text-style": "bold",
    },
)

CONTRAST = Theme(
    name="playground-contrast",
    primary="#ffd700",
    secondary="#ffd700",
    accent="#ffd700",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#7dff7d",
    warning="#ffd700",
    error="#ff9a9a",
    dark=True,
    text_alpha=1.0,
    variables={
        **_syntax("#9fd0ff", "#ffffff", "#a8ffa8", "#ffcf8a", "#d0d0d0", "#8ff0ff"),
        "quiet": "#d8d8d8",
        **_scrollbars("#a0a0a0", "#ffd700", "#000000"),
        "line": "#a0a0a0",
        "line-focus": "#ffd700",
        "chosen": "#333333",
        "cursor-background": "#ffd700",
        "cursor-foreground": "#000000",
        "code-background": "#1a1a1a",
        "footer-key-foreground": "#ffd700",
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "button-focus-text-style": "bold",
    },
)

_ANSI_COMMON = {
    **_syntax(
        "ansi_blue", "ansi_default", "ansi_green", "ansi_yellow", "ansi_bright_black", "ansi_cyan"
    ),
    "quiet": "ansi_default",
    **_scrollbars("ansi_bright_black", "ansi_blue", "ansi_default"),
    "line": "ansi_bright_black",
    "line-focus": "ansi_blue",
    "chosen": "ansi_default",
    "cursor-background": "ansi_blue",
    "cursor-foreground": "ansi_bright_white",
    "code-background": "ansi_default",
}


def _ansi(name: str, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        accent="ansi_blue",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=dark,
        luminosity_spread=0.0,
        text_alpha=1.0,
        variables={**BUILTIN_THEMES["ansi-dark"].variables, **_ANSI_COMMON},
    )


TERMINAL = _ansi("playground-terminal", dark=True)

THEMES: tuple[Theme, ...] = (DARK, LIGHT, CONTRAST, TERMINAL)
TITLES = {
    DARK.name: N_("Dark"),
    LIGHT.name: N_("Light"),
    CONTRAST.name: N_("High contrast"),
    TERMINAL.name: N_("The colours of your terminal"),
}


def theme_named(wanted: str | None) -> str:
    """The registered name that a setting means (`dark`, `playground-dark`); dark if none."""
    names = {theme.name.removeprefix("playground-"): theme.name for theme in THEMES}
    short = (wanted or "dark").removeprefix("playground-")
    return names.get(short, DARK.name)
