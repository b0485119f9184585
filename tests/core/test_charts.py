from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string

from crm.core.charts import chart_of_months, last_months
from crm.core.templatetags import formats

TODAY = date(2026, 2, 14)


def chart(values):
    return chart_of_months(values, title="Gearchiveerd", today=TODAY, write=formats.hours)


class TestMonths:
    def test_are_twelve_up_to_this_one(self):
        months = last_months(TODAY)

        assert (len(months), months[0], months[-1]) == (12, date(2025, 3, 1), date(2026, 2, 1))


class TestChart:
    def test_draws_the_highest_to_the_top_and_nothing_at_nothing(self):
        bars = chart({date(2026, 2, 1): 50, date(2026, 1, 1): 25}).bars

        assert [(bar.y, bar.height) for bar in bars[-3:]] == [(100, 0), (50, 50), (0, 100)]

    def test_keeps_a_low_bar_in_sight(self):
        assert chart({date(2026, 2, 1): 1000, date(2026, 1, 1): 1}).bars[-2].height > 0

    def test_leaves_out_what_lies_before_it(self):
        assert chart({date(2020, 1, 1): 5}).is_empty

    def test_can_be_read_without_being_seen(self):
        """Every figure stands in a table, and the drawing has a name."""
        shown = chart({date(2026, 1, 1): Decimal("12.50")})

        drawn = render_to_string("components/chart.html", {"chart": shown})

        assert 'role="img" aria-label="Gearchiveerd"' in drawn
        assert '<th scope="row">januari 2026</th><td class="num">12,5</td>' in drawn
        assert "style=" not in drawn
