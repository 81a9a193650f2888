"""Make docs/images/playground.svg: the app itself, in its first minute, on the bundled course.

Run it from a checkout: `python docs/screenshot.py`.
"""

import asyncio
import tempfile
from pathlib import Path

from playground.course import bundled_course, open_course
from playground.databases import Databases
from playground.records import Records
from playground.running import Runners
from playground.settings import Settings, find_places
from playground.study import Study
from playground.tui.app import PlaygroundApp
from playground.tui.screens.lesson import LessonScreen

TARGET = Path(__file__).parent / "images" / "playground.svg"
SIZE = (132, 38)
ANSWER = """\
(
    select(Product.id, Product.name, Product.price_cents)
    .order_by(Product.price_cents)
    .limit(5)
)"""


async def picture(home: Path) -> str:
    """Run an answer and check it; the screen as SVG."""
    places = find_places(home)
    with Runners() as runners:

        def open_study(language: str) -> Study:
            course = open_course(bundled_course(), language=language, cache=places.cache)
            databases = Databases(course.folder, cache=places.cache, runners=runners)
            records = Records.open(places.store_url(Settings()), places.resume)
            return Study(course, databases, runners, records, language=language)

        app = PlaygroundApp(open_study)
        async with app.run_test(size=SIZE) as pilot:
            screen = app.screen_stack[0]
            assert isinstance(screen, LessonScreen)
            while screen.state.view is None:
                await pilot.pause(0.1)
            await app.workers.wait_for_complete()
            await pilot.pause()
            screen.answer.editor.text = ANSWER
            await pilot.press("f8")
            while screen.state.verdict is None:
                await pilot.pause(0.1)
            await pilot.pause(0.3)
            return app.export_screenshot(title="playground")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as home:
        svg = asyncio.run(picture(Path(home)))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
