"""What files are called that leave Salesplan."""

import datetime as dt

from salesplan.lib.file_names import LONGEST_PART, file_name

DAY = dt.date(2026, 11, 23)


def test_a_file_is_called_after_what_it_is_of_and_its_day():
    assert file_name("Łódź: 2026", "Budget / fairs", on=DAY, ending="csv") == "łódź-2026-budget-fairs-2026-11-23.csv"


def test_a_name_of_signs_alone_gives_way():
    assert file_name("!!!", on=DAY, ending="csv") == "salesplan-2026-11-23.csv"
    assert file_name("!!!", "Sales", on=DAY, ending="csv") == "sales-2026-11-23.csv"


def test_no_name_is_longer_than_file_systems_take():
    assert (
        file_name("a" * 200, "b" * 200, on=DAY, ending="csv")
        == f"{'a' * LONGEST_PART}-{'b' * LONGEST_PART}-2026-11-23.csv"
    )
