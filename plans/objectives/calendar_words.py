"""Numbers, months and units of time in English and Polish, without their accents."""

_ENGLISH = "one two three four five six seven eight nine ten eleven twelve"
_POLISH = (
    "jeden jednego jednym,dwa dwoch dwie,trzy trzech,cztery czterech,piec pieciu,szesc szesciu,siedem siedmiu,"
    "osiem osmiu,dziewiec dziewieciu,dziesiec dziesieciu,jedenascie jedenastu,dwanascie dwunastu"
)
NUMBERS = {word: number for number, word in enumerate(_ENGLISH.split(), start=1)}
NUMBERS |= {word: number for number, words in enumerate(_POLISH.split(","), start=1) for word in words.split()}
NUMBERS |= {"a": 1, "an": 1, "eighteen": 18, "osiemnascie": 18, "osiemnastu": 18}
NUMBERS |= {"twenty-four": 24, "dwadziescia cztery": 24, "dwudziestu czterech": 24}

_MONTHS = (
    "january jan styczen stycznia styczniu,february feb luty lutego lutym,march mar marzec marca marcu,"
    "april apr kwiecien kwietnia kwietniu,may maj maja maju,june jun czerwiec czerwca czerwcu,"
    "july jul lipiec lipca lipcu,august aug sierpien sierpnia sierpniu,"
    "september sept sep wrzesien wrzesnia wrzesniu,october oct pazdziernik pazdziernika pazdzierniku,"
    "november nov listopad listopada listopadzie,december dec grudzien grudnia grudniu"
)
MONTHS = {word: number for number, words in enumerate(_MONTHS.split(","), start=1) for word in words.split()}

_UNITS = {
    "day": "days day dzien dni dnia",
    "week": "weeks week tydzien tygodnie tygodni tygodnia",
    "month": "months month miesiecy miesiace miesiaca miesiac",
    "quarter": "quarters quarter kwartalow kwartaly kwartalu kwartal",
    "year": "years year roku rok lata lat",
    "plan": "plan planu period okresu",
}
UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}


def _one_of(words) -> str:
    """A pattern in which the longer word is tried before the one it begins with."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b"


MONTH, UNIT = _one_of(MONTHS), _one_of(UNITS)
NUMBER_WORD = _one_of(NUMBERS)
NUMBER = rf"(?:\d{{1,4}}|{NUMBER_WORD})"


def whole_number(text: str) -> int:
    return int(text) if text.isdecimal() else NUMBERS[text]


def month_number(word: str) -> int:
    return MONTHS[word]


def unit_of(word: str) -> str:
    return UNITS[word]
