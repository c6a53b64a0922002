"""Bylines as strings: taken apart, organisations told from people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.fields.person_names import (
    is_person,
    is_preposition,
    people_of,
    repair_case,
    split_byline,
)
from newscrawler.extraction.html.structured_data import site_keys


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Von Anna Muster und Bernd Beispiel", ["Anna Muster", "Bernd Beispiel"]),
        ("Par Luc Exemple et Zoé Modèle", ["Luc Exemple", "Zoé Modèle"]),
        ("Por Ana Ejemplo y Luis Modelo", ["Ana Ejemplo", "Luis Modelo"]),
        ("Di Mario Esempio e Lia Modello", ["Mario Esempio", "Lia Modello"]),
        ("Af Mette Eksempel og Lars Prøve", ["Mette Eksempel", "Lars Prøve"]),
        ("Av: Åsa Exempel och Nils Prov", ["Åsa Exempel", "Nils Prov"]),
        ("Door Jan van der Voorbeeld", ["Jan van der Voorbeeld"]),
        ("A Roe, B Poe and C Low", ["A Roe", "B Poe", "C Low"]),
        ("Jane Doe, Political Editor", ["Jane Doe"]),
        ("Jane Doe, Nairobi", ["Jane Doe"]),
        ("JANE DOE AND J. K. VAN DER BERG", ["Jane Doe", "J. K. van der Berg"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Perry Example, Jr.", ["Perry Example Jr."]),
        ("José Ortega y Ejemplo", ["José Ortega y Ejemplo"]),
        ("Jane Doe jane.doe@example.org", ["Jane Doe"]),
        ("Jane Doe | Example News", ["Jane Doe", "Example News"]),
        ("Pressemitteilung von Anna Muster", ["Anna Muster"]),
        ("Christoph von Beispiel", ["Christoph von Beispiel"]),
        ("Jane Doe Foto: Max Bild", ["Jane Doe"]),
        ("By Jane Doe on Monday 18 November", ["Jane Doe"]),
        ("Jane Doe am 12. Januar", ["Jane Doe"]),
        ("Ngô Am Mẫu", ["Ngô Am Mẫu"]),
        ("بقلم: محمد أحمد", ["محمد أحمد"]),
        ("نوشته علی رضایی", ["علی رضایی"]),
        ("김민수 기자", ["김민수"]),
        ("文／王小明", ["王小明"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("山田 太郎", ["山田 太郎"]),
        ("Von unserer Mitarbeiterin Jane Doe", ["Jane Doe"]),
        ("Staff Writer Jane Doe", ["Jane Doe"]),
        ("Redaktion Beispiel Nord", []),
        ("White House Correspondent", []),
        ("Reported by Jane Doe; Editing by Max Roe", ["Jane Doe", "Max Roe"]),
        ("Written by Jane Doe, Edited by Max Roe", ["Jane Doe", "Max Roe"]),
        ("Publicado por Jane Doe em 12/05/2022", ["Jane Doe"]),
        ("Penulis: Budi Contoh Editor: Siti Contoh", ["Budi Contoh"]),
        ("", []),
        ("   ", []),
        ("By", []),
    ],
)
def test_bylines(text: str, names: list[str]) -> None:
    assert split_byline(text) == names


@pytest.mark.parametrize(
    "name",
    [
        "Reuters",
        "Reuters Staff",
        "dpa",
        "Redaktion",
        "The Associated Press",
        "Example Times",
        "example.org",
        "Senior Political Correspondent",
        "https://www.facebook.com/someone",
        "Foto: Max Bild",
        "News Desk",
        "خبرگزاری نمونه",
    ],
)
def test_organisations_are_no_people(name: str) -> None:
    assert not is_person(name, site_keys(["Example Times"], "https://www.example.org/a"))


@pytest.mark.parametrize(
    "name", ["Jane Doe", "J. K. van der Berg", "李明", "علی رضایی", "Per-Erik O'Modell", "Ahn"]
)
def test_people_are_people(name: str) -> None:
    assert is_person(name, site_keys(["Example Times"], "https://www.example.org/a"))


def test_desks_of_the_site_are_no_people() -> None:
    assert people_of(["Jane Doe, XNN Business", "Max Roe, XNN Editor-at-large"], ["xnn"]) == [
        "Jane Doe",
        "Max Roe",
    ]
    assert people_of(["Jane Doe"], ["jane"]) == ["Jane Doe"]


@pytest.mark.parametrize(
    ("name", "person"),
    [("deinen Freunden", False), ("jane doe", True), ("van der Berg", True), ("d'Arcy Roe", True)],
)
def test_a_name_does_not_begin_small_and_go_on_large(name: str, person: bool) -> None:
    assert is_person(name) is person


@pytest.mark.parametrize(
    ("text", "alone"),
    [("Written by:", True), ("Von", True), ("| By ", True), ("By Jane Doe", False), ("", False)],
)
def test_prepositions(text: str, alone: bool) -> None:
    assert is_preposition(text) is alone


def test_a_place_beside_an_organisation_is_no_person() -> None:
    assert people_of(["example.org, Frankfurt, Germany"], []) == []


@pytest.mark.parametrize("line", ["Von 25. Oktober", "von allen wie ihr"])
def test_printed_dates_and_phrases_are_no_people(line: str) -> None:
    assert people_of([line], [], printed=True) == []


def test_printed_names_of_scripts_without_capitals_are_people() -> None:
    assert people_of(["نوشته: علی رضایی"], [], printed=True) == ["علی رضایی"]


def test_each_person_once() -> None:
    assert people_of(["By Jane Doe", "JANE DOE", "Max Muster"], []) == ["Jane Doe", "Max Muster"]


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ("ADAM MCKAY-LEE", "Adam Mckay-Lee"),
        ("JÖRG ÄRMEL", "Jörg Ärmel"),
        ("André KLEIN", "André KLEIN"),
        ("AFP", "AFP"),
        ("J. K. ROE", "J. K. Roe"),
    ],
)
def test_capitals(written: str, repaired: str) -> None:
    assert repair_case(written) == repaired


@given(st.text(max_size=300))
def test_any_text_is_taken_apart_without_error(text: str) -> None:
    for name in split_byline(text):
        assert name == name.strip()
        assert name
        assert "@" not in name or " @" not in name


@given(
    st.lists(
        st.sampled_from(["Jane Doe", "Max Muster", "Luc Exemple", "Ana Ejemplo"]), min_size=1, unique=True
    )
)
def test_joined_names_come_apart_in_order(names: list[str]) -> None:
    assert split_byline("By " + ", ".join(names)) == names
    assert split_byline("Von " + " und ".join(names)) == names
    assert split_byline("; ".join(names)) == names


@given(st.text(max_size=80))
def test_repairing_case_changes_letters_case_alone(name: str) -> None:
    assert repair_case(name).casefold().split() == name.casefold().split() or repair_case(name) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ines Calloway Follow", ["Ines Calloway"]),
        ("Par Solène Guérinot Publié le", ["Solène Guérinot"]),
        ("Aylin Demir Giriş", ["Aylin Demir"]),
        ("Hamida Nafis ❤️", ["Hamida Nafis"]),
    ],
)
def test_what_is_printed_right_behind_a_name_is_none_of_it(text: str, names: list[str]) -> None:
    assert split_byline(text) == names


def test_two_people_once_more_as_one_are_two() -> None:
    texts = ["Lucas Andersen", "James Tapley", "Lucas Andersen James Tapley"]
    assert people_of(texts, []) == ["Lucas Andersen", "James Tapley"]
