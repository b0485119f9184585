"""Times, medians, and how they are told: a line on screen and one in var/bench.jsonl."""

import json
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median

from django.conf import settings

TOO_MUCH_SPREAD = 0.3


@dataclass
class Stopwatch:
    seconds: float = 0.0

    @contextmanager
    def running(self):
        start = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - start


@dataclass
class Measure:
    """`ours` and `floor` are medians in seconds; `goal` is about `ratio`, which is ours where there is no floor."""

    name: str
    size: int
    ours: float
    floor: float | None
    ratio: float
    goal: float
    runs: int
    spread: float
    queries: int | None = None
    bytes: int | None = None

    def told(self):
        against = f"floor {_seconds(self.floor)}, ratio {self.ratio:.2f}, goal {self.goal}" if self.floor else ""
        alone = f"goal {_seconds(self.goal)}"
        facts = [f"{self.name} {self.size}: {_seconds(self.ours)}", against or alone, f"{self.runs} runs"]
        facts += [f"{self.queries} queries"] if self.queries is not None else []
        facts += [f"{self.bytes / 1000:.0f} kB"] if self.bytes is not None else []
        facts += ["reached" if self.ratio <= self.goal else "NOT REACHED"]
        if self.spread > TOO_MUCH_SPREAD:
            facts.append(f"SPREAD {self.spread:.0%}: measure again on a quiet machine")
        return ", ".join(facts)


def report(name, size, ours, floors=None, *, goal, **facts):
    """Tell the medians of the runs `ours`, against those of `floors` when there is something to compare with."""
    mine, floor = median(ours), median(floors) if floors else None
    ratio = mine / floor if floor else mine
    measure = Measure(name, size, mine, floor, ratio, goal, len(ours), _spread(ours), **facts)
    print(measure.told(), flush=True)
    with (settings.VAR_DIR / "bench.jsonl").open("a") as file:
        file.write(json.dumps({key: value for key, value in asdict(measure).items() if value is not None}) + "\n")


@contextmanager
def whatever_happens(name):
    """A measure that cannot be taken is told, and the next one goes on."""
    try:
        yield
    except Exception as error:
        print(f"{name}: could not be measured: {type(error).__name__}: {error}", flush=True)


def _spread(values):
    """Of the middle half, when there are enough for that."""
    quarter = len(values) // 4
    middle = sorted(values)[quarter : len(values) - quarter]
    return (middle[-1] - middle[0]) / median(values)


def _seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
