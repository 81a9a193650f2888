"""Blocks and links in a lesson's Markdown."""

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from playground.course import Block, blocks, lesson_links

TEXT = dedent(
    """\
    Look:

    ```python run
    print(1)

    print(2)
    ```

    ```output
    1

    2
    ```
    ~~~sql run
    SELECT '```'
    ~~~

    - in a list:

      ````python
      ```
      ````

    ```yaml
    a: b
    ```
    See [this](lesson:nulls), [that]( <lesson:nulls/rated> ), `[no](lesson:x)` and [web](https://x.y).
    """
)


def test_blocks_of_code() -> None:
    assert blocks(TEXT) == [
        Block("python", "print(1)\n\nprint(2)\n", True, "1\n\n2\n", 4),
        Block("sql", "SELECT '```'\n", True, None, 15),
        Block("python", "```\n", False, None, 21),
    ]


def test_the_line_of_a_block_is_that_of_its_code() -> None:
    lines = TEXT.split("\n")
    for block in blocks(TEXT):
        assert lines[block.line - 1].strip() == block.code.split("\n")[0]


def test_output_belongs_to_the_block_right_before_it() -> None:
    found = blocks("```python run\na\n```\n```text\nx\n```\n```output\n1\n```\n")
    assert found == [Block("python", "a\n", True, None, 2)]


def test_a_block_that_is_not_closed_goes_to_the_end() -> None:
    assert blocks("```sql\nSELECT 1\n") == [Block("sql", "SELECT 1\n", False, None, 2)]


def test_links_to_lessons() -> None:
    assert [(link.target, link.line) for link in lesson_links(TEXT)] == [
        ("nulls", 27),
        ("nulls/rated", 27),
    ]


@given(st.text(alphabet="`~ \n[](:)apython runoutputlesson"))
def test_any_text_has_blocks_and_links(text: str) -> None:
    lines = text.split("\n")
    assert all(1 <= block.line <= len(lines) + 1 for block in blocks(text))
    assert all(1 <= link.line <= len(lines) for link in lesson_links(text))


@given(st.text(alphabet="ab\n #'\"", max_size=60).filter(lambda code: not code.endswith("\n")))
def test_what_is_fenced_is_found(code: str) -> None:
    (block,) = blocks(f"before\n\n```python run\n{code}\n```\nafter")
    assert block.code == (f"{code}\n")
