"""Spelling as people would correct it by hand."""

import pytest
from django.core.exceptions import ValidationError

from relations.importing import cleaning
from relations.importing.lines import cleaned
from relations.importing.places import place_name
from relations.importing.reading import read_csv
from relations.models import Relation


class TestPlaceName:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("GIETEN", "Gieten"),
            ("WIJK EN AALBURG", "Wijk en Aalburg"),
            ("ALPHEN AAN DEN RIJN", "Alphen aan den Rijn"),
            ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
            ("IJSSELSTEIN UT", "IJsselstein UT"),
            ("IJMUIDEN", "IJmuiden"),
            ("'S-GRAVENHAGE", "'s-Gravenhage"),
            ("’T HARDE", "'t Harde"),
            ("STAD AAN 'T HARINGVLIET", "Stad aan 't Haringvliet"),
            ("HARDINXVELD-GIESSENDAM", "Hardinxveld-Giessendam"),
            ("HENDRIK-IDO-AMBACHT", "Hendrik-Ido-Ambacht"),
            ("DEN BURG", "Den Burg"),
            ("TER AAR", "Ter Aar"),
            ("WIJK BIJ DUURSTEDE", "Wijk bij Duurstede"),
            ("BERGEN OP ZOOM", "Bergen op Zoom"),
            ("BERGEN (NH)", "Bergen (NH)"),
            ("HENGELO GLD", "Hengelo Gld"),
            ("BLESKENSGRAAF CA", "Bleskensgraaf ca"),
            ("Bussum", "Bussum"),
            ("den Bosch", "den Bosch"),
            ("", ""),
        ],
    )
    def test_has_ordinary_capitals(self, typed, stored):
        assert place_name(typed) == stored


class TestPhoneNumber:
    @pytest.mark.parametrize("typed", ["14 0592", "140592", "14-0592", "14+ 0592", "14 05 92"])
    def test_of_a_municipality_is_written_one_way(self, typed):
        assert cleaning.phone_number(typed) == "14 0592"

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("(0416) 69 87 00", "+31416698700"),
            ("0900 1809", "+319001809"),
            ("+32 2 555 12 12", "+3225551212"),
            ("", ""),
        ],
    )
    def test_is_stored_in_full(self, typed, stored):
        assert cleaning.phone_number(typed) == stored

    @pytest.mark.parametrize("typed", ["bellen na 5", "98", "0416-69"])
    def test_that_cannot_be_read_is_refused_without_quoting_it(self, typed):
        with pytest.raises(ValidationError) as refused:
            cleaning.phone_number(typed)

        assert typed not in refused.value.messages[0]


class TestDay:
    @pytest.mark.parametrize("typed", ["2026-03-02", "2-3-2026", "02/03/2026", "2.3.2026", "20260302"])
    def test_is_read_as_it_is_written(self, typed):
        assert cleaning.day(typed) == "2026-03-02"

    @pytest.mark.parametrize("typed", ["31-02-2026", "2-3-26", "gisteren", "0001-01-01"])
    def test_that_does_not_exist_is_refused(self, typed):
        with pytest.raises(ValidationError):
            cleaning.day(typed)


class TestALine:
    def test_puts_a_post_box_in_the_postal_address_and_keeps_the_city_for_the_lists(self):
        values, errors = cleaned({"street": "Postbus 93", "postal_code": "9460ab", "city": "GIETEN"}, None)

        assert errors == []
        assert values == {
            "mail_street": "Postbus 93",
            "mail_postal_code": "9460 AB",
            "mail_city": "Gieten",
            "city": "Gieten",
        }

    def test_leaves_the_city_of_a_relation_with_an_address_of_its_own(self):
        relation = Relation(street="Dorpsstraat 1", city="Maarn")

        values, _errors = cleaned({"street": "Postbus 1", "postal_code": "3941 AA", "city": "DOORN"}, relation)

        assert "city" not in values
        assert values["mail_city"] == "Doorn"

    def test_takes_the_country_of_the_relation_for_its_postal_code(self):
        values, errors = cleaned({"postal_code": "10115"}, Relation(country="Duitsland"))

        assert (values, errors) == ({"postal_code": "10115"}, [])

    def test_names_every_error_with_its_field(self):
        _values, errors = cleaned({"name": "", "email": "geen", "kvk_number": "12"}, None)

        assert len(errors) == 3
        assert errors[1].startswith("E-mailadres: ")

    def test_empties_the_date_of_who_is_no_longer_former(self):
        values, errors = cleaned({"status": "klant"}, Relation(status="former", former_since="2020-01-01"))

        assert (values, errors) == ({"status": "client", "former_since": ""}, [])

    def test_needs_the_date_of_who_becomes_former(self):
        assert cleaned({"status": "voormalig"}, None)[1]

    def test_refuses_an_error_of_excel(self):
        assert cleaned({"city": "#REF!"}, None)[1]

    def test_refuses_what_does_not_fit(self):
        assert cleaned({"city": "x" * 81}, None)[1]


class TestWhatCannotBeSeen:
    @pytest.mark.parametrize("name", ["\u200b", "\u202e\u2069", "\u00ad", "\u3164"])
    def test_is_no_name(self, name):
        ((_line, (name, _city)),) = read_csv(f"Naam;Plaats\n{name};Ede\n".encode()).rows

        assert cleaned({"name": name}, None)[1] == ["De naam ontbreekt."]

    def test_is_left_out_of_what_can(self):
        sheet = read_csv("Num\u200bmer;Naam\n10\u200b482;\u202eBakkerij\u2069\n".encode())

        assert (sheet.columns, sheet.rows) == (["Nummer", "Naam"], [(2, ["10482", "Bakkerij"])])
