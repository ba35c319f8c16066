"""What a step is for is told on its page, at once while the step is empty."""

import re

import pytest
from django.urls import reverse


@pytest.mark.parametrize("page", ["objectives", "team", "capacity", "targeting", "strategy", "budget"])
def test_no_level_of_headings_is_skipped_on_an_empty_step(as_alice, plan, page):
    text = as_alice.get(reverse(f"plans:{page}", args=[plan.pk])).text

    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text.split("<main", 1)[1])]

    assert 'class="guide"' in text
    assert all(later <= earlier + 1 for earlier, later in zip([1, *levels], levels, strict=False)), levels
