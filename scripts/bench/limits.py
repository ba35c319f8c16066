"""What may not be exceeded, and what was."""

from scripts.bench.results import Results

KB = 1000

#: CPU-ms of a request at most.
CPU_LIMITS = {"action_table_50_of_1000": 20, "action_edit": 6, "dashboard": 20, "checkin": 20}
#: Who takes part in the storm, how many readings each enters, and how many answers there are to one that is lost.
PEOPLE, READINGS, LOST = 500, 10, 20
#: CPU-ms of a reading entered while everybody enters theirs.
STORM_CPU_LIMIT = 6
#: CPU time of a request at most so many times that of another.
RATIO_LIMITS = {("action_table_50_of_10000", "action_table_50_of_100"): 1.3}
MOST_QUERIES = 12
#: Bytes of HTML of a page at most.
MOST_HTML = 60 * KB
WEIGHT_LIMITS = {"dashboard": 700 * KB, "action_table_50_of_1000": 250 * KB}
MEMORY_LIMIT_MB = 250
#: Seconds a sheet of 10,000 rows may take, and by how many MiB the server may grow for one.
SHEET_SECONDS = {"export_csv_10000": 10, "export_xlsx_10000": 10, "import_added_10000": 30, "import_changed_10000": 30}
SHEET_MEMORY_MB = {"export_csv_10000": 150, "export_xlsx_10000": 150}


def missed(results: Results) -> list[str]:
    """Every limit that was not kept, in words."""
    words = []
    for figure in results.figures:
        where = f"{figure.name} on {figure.backend}"
        if figure.cpu_ms > CPU_LIMITS.get(figure.name, float("inf")):
            words.append(f"{where}: {figure.cpu_ms:.1f} CPU-ms, at most {CPU_LIMITS[figure.name]}")
        if figure.queries > MOST_QUERIES and figure.name != "action_edit":
            words.append(f"{where}: {figure.queries} queries, at most {MOST_QUERIES}")
        if figure.bytes > MOST_HTML:
            words.append(f"{where}: {figure.bytes / KB:.1f} KB of HTML, at most {MOST_HTML // KB}")
    words += _missed_ratios(results) + _missed_by_sheets(results) + _missed_in_storms(results)
    for weight in results.weights:
        if weight.bytes > WEIGHT_LIMITS[weight.name]:
            words.append(
                f"first visit to {weight.name}: {weight.bytes / KB:.0f} KB, at most {WEIGHT_LIMITS[weight.name] // KB}"
            )
    for backend, memory in results.memory_mb.items():
        if memory > MEMORY_LIMIT_MB:
            words.append(f"memory on {backend}: {memory:.0f} MB, at most {MEMORY_LIMIT_MB}")
    return words


def ratio(results: Results, large: str, small: str) -> dict[str, float]:
    """By database."""
    costs = {(figure.name, figure.backend): figure.cpu_ms for figure in results.figures}
    return {backend: costs[large, backend] / costs[small, backend] for name, backend in costs if name == large}


def _missed_ratios(results: Results) -> list[str]:
    return [
        f"{large} on {backend}: {found:.2f} times {small}, at most {limit}"
        for (large, small), limit in RATIO_LIMITS.items()
        for backend, found in ratio(results, large, small).items()
        if found > limit
    ]


def _missed_by_sheets(results: Results) -> list[str]:
    words = []
    for sheet in results.sheets:
        where = f"{sheet.name} on {sheet.backend}"
        if sheet.seconds > SHEET_SECONDS[sheet.name]:
            words.append(f"{where}: {sheet.seconds:.1f} seconds, at most {SHEET_SECONDS[sheet.name]}")
        if sheet.memory_mb > SHEET_MEMORY_MB.get(sheet.name, float("inf")):
            words.append(f"{where}: {sheet.memory_mb:.0f} MB more, at most {SHEET_MEMORY_MB[sheet.name]}")
    return words


def _missed_in_storms(results: Results) -> list[str]:
    words = []
    for storm in results.storms:
        where = f"checkin_storm on {storm.backend}"
        if lost := storm.readings - min(storm.acknowledged, storm.stored):
            words.append(f"{where}: not acknowledged or not stored: {lost}")
        if storm.doubled:
            words.append(f"{where}: doubled: {storm.doubled}")
        if storm.cpu_ms > STORM_CPU_LIMIT:
            words.append(f"{where}: {storm.cpu_ms:.1f} CPU-ms a reading, at most {STORM_CPU_LIMIT}")
    return words
