from django.utils import translation

from salesplan.lib.countries import country_choices


def test_countries_are_offered_in_the_readers_language():
    with translation.override("pl"):
        polish = dict(country_choices())
    with translation.override("en"):
        english = dict(country_choices())

    assert (polish["DE"], english["DE"]) == ("Niemcy", "Germany")
    assert set(polish) == set(english)
    assert {len(code) for code in polish} == {2}


def test_countries_stand_in_alphabetical_order_whatever_signs_their_letters_have():
    with translation.override("pl"):
        names = [name for _code, name in country_choices()]

    assert names.index("Luksemburg") < names.index("Łotwa") < names.index("Madagaskar")
