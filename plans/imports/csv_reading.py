import csv
import io
import re

from django.utils.translation import gettext as _

from plans.imports.limits import MOST_ROWS, Unreadable
from salesplan.lib.csv_text import unguard

SEPARATORS = ";,\t|"
#: What Excel writes, newest first; the last one reads anything.
ENCODINGS = ("utf-8-sig", "cp1250")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Unreadable(_("This is no sheet. Save it as .xlsx or .csv."))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows = []
    try:
        for line in lines:
            rows.append([unguard(cell).strip() for cell in line])
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)s of the file cannot be read. Save it anew from your spreadsheet.")
            % {"line": lines.line_num}
        ) from error
    return rows


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return content.decode(ENCODINGS[1], errors="replace")


def _separator(text: str) -> str:
    """What stands most often between the headings."""
    head = _QUOTED.sub("", text.lstrip().partition("\n")[0])
    return max(SEPARATORS, key=head.count)
