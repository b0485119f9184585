import json

import pytest

from tests.bench import measuring


@pytest.fixture
def told(settings, tmp_path, capsys):
    """What `report` wrote: the line on screen and the row of the file."""
    settings.VAR_DIR = tmp_path

    def told(*args, **kwargs):
        measuring.report(*args, **kwargs)
        return capsys.readouterr().out, json.loads((tmp_path / "bench.jsonl").read_text())

    return told


class TestReport:
    def test_compares_medians(self, told):
        line, row = told("archive", 1000, [3.0, 3.1, 9.0], [1.0, 1.0, 7.0], goal=3.5)

        assert (row["ours"], row["floor"], row["ratio"], row["runs"]) == (3.1, 1.0, 3.1, 3)
        assert "reached" in line

    def test_says_when_the_goal_is_missed(self, told):
        line, _row = told("archive", 1000, [4.0], [1.0], goal=3.5)

        assert "NOT REACHED" in line

    def test_says_when_the_runs_differ_too_much(self, told):
        line, row = told("restore", 1000, [1.0, 1.5, 1.1], [1.0], goal=3)

        assert "SPREAD 45%" in line
        assert row["spread"] == pytest.approx(0.4545, abs=0.001)

    def test_leaves_the_slowest_and_quickest_pages_out_of_the_spread(self, told):
        line, _row = told("list", 100_000, [0.05] * 14 + [0.5], goal=0.06, queries=12, bytes=57_000)

        assert "SPREAD" not in line
        assert "12 queries, 57 kB" in line


class TestWhateverHappens:
    def test_tells_what_could_not_be_measured(self, capsys):
        with measuring.whatever_happens("erase"):
            raise ValueError("no rows")

        assert capsys.readouterr().out == "erase: could not be measured: ValueError: no rows\n"
