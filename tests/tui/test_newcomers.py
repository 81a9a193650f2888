"""What someone meets who has read no manual: nothing that is pressed is lost, or counts by accident."""

from playground.tui.widgets.lines import VerdictLine

from .conftest import Opened, screen_of, settle
from .scripted import ScriptedStudy

WIDE, NARROW = (160, 48), (80, 24)


async def test_a_quiz_with_nothing_chosen_is_not_checked(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 1
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        how = screen.query_one("#how")
        assert str(how.render()) == "Space or its number chooses, F8 checks."
        assert how.region.bottom <= screen.answer.region.bottom
        await pilot.press("f8")
        await settle(pilot)
        line = screen.query_one(VerdictLine).line
        assert line.text == "Choose with Space or a click first."
        assert not study.checks
        await pilot.press("space", "f8")
        await settle(pilot)
        assert study.checks == ["1"]
