"""What a file is called that leaves Salesplan."""

import datetime as dt

from django.utils.text import slugify

#: File systems take 255 bytes, a letter may have four, and a name has several parts.
LONGEST_PART = 25


def file_name(*parts: str, on: dt.date, ending: str) -> str:
    return f"{file_stem(*parts, on=on)}.{ending}"


def file_stem(*parts: str, on: dt.date) -> str:
    """sales-growth-plan-2026-budget-by-category-2026-11-23"""
    slugs = [slugify(part, allow_unicode=True)[:LONGEST_PART].strip("-") for part in parts]
    return "-".join([*(filter(None, slugs) if any(slugs) else ["salesplan"]), on.isoformat()])
