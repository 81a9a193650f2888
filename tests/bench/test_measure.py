"""Ratios, budgets and turns: what the table of budgets rests on."""

import itertools

import pytest

from bench.__main__ import main, show
from bench.measure import Measurement, interleaved
from bench.terminal import Terminal
from bench.worker import Worker


def row(value, reference_value, budget):
    return Measurement("metric", value, reference_value, "ms", "reference", budget)


@pytest.mark.parametrize(
    ("measured", "ratio", "over"),
    [
        (row(6, 3, 2), 2, False),
        (row(7, 3, 2), 7 / 3, True),
        (row(7, 3, None), 7 / 3, False),
        (row(7, 0, 10), 7, False),
        (row(11, 0, 10), 11, True),
    ],
)
def test_a_budget_is_a_ratio_or_a_value(measured, ratio, over):
    assert measured.ratio == pytest.approx(ratio)
    assert measured.over is over


def test_samples_take_turns_and_warm_up():
    turns = []
    costs = itertools.count()

    def sample(name):
        def take():
            turns.append(name)
            return float(next(costs))

        return take

    medians = interleaved({"a": sample("a"), "b": sample("b")}, rounds=3, warmup=1)
    assert turns == ["a", "b"] * 4
    assert medians == {"a": 4.0, "b": 5.0}


def test_the_table_says_what_is_over(capsys):
    show([row(6, 3, 2), row(7, 3, 2)])
    table = capsys.readouterr().out.splitlines()
    assert table[0].startswith("metric")
    assert table[2].endswith("ok")
    assert table[3].endswith("over")


def test_an_unknown_metric_is_refused_with_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        main(["no_such_metric"])
    assert "no such metric: no_such_metric" in capsys.readouterr().err


def test_a_worker_tells_its_costs():
    with Worker("def action():\n    sum(range(100_000))\n") as worker:
        assert worker.busy() > 0
        assert worker.elapsed() > 0


def test_a_terminal_shows_what_was_drawn_without_its_escapes():
    pytest.importorskip("pty")
    with Terminal(
        ["sh", "-c", "printf '\\033[1;3'; sleep 0.1; printf '1mred\\033[0m apple'; cat"]
    ) as app:
        app.wait_for("red apple")
