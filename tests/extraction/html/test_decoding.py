"""Pages are read in the encoding that their bytes are in, whatever the header and the page say."""

from __future__ import annotations

import pytest

from newscrawler.extraction.html.document import Document

FRENCH = "Le maire a inauguré la déviation après dix années de travaux, à la grande joie des élèves. " * 3
RUSSIAN = "Мост через реку открыли после двух лет ремонта, сообщили в мэрии города. " * 3
JAPANESE = "市は二年間の改修工事を終え、新しい橋を開通させたと発表した。" * 3


def page(text: str, meta: str = "", noise: str = "") -> str:
    return f"<html><head>{meta}<title>x</title></head><body>{noise}<p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "header", "meta", "found"),
    [
        (FRENCH, "utf-8", "text/html; charset=utf-8", "", "utf-8"),
        (FRENCH, "utf-8", None, "", "utf-8"),
        (FRENCH, "utf-8", "text/html; charset=iso-8859-1", "", "utf-8"),  # a lie
        (RUSSIAN, "utf-8", None, '<meta charset="windows-1251">', "utf-8"),  # another
        (FRENCH, "cp1252", "text/html; charset=iso-8859-1", "", "cp1252"),
        (FRENCH, "cp1252", "text/html; charset=utf-8", "", "cp1252"),  # a lie the other way round
        (RUSSIAN, "cp1251", None, '<meta charset="windows-1251">', "cp1251"),
        (RUSSIAN, "cp1251", None, "", "cp1251"),
        (RUSSIAN, "cp1251", "text/html; charset=iso-8859-1", "", "cp1251"),
        (JAPANESE, "shift_jis", None, '<meta charset="Shift_JIS">', "cp932"),
        (JAPANESE, "euc_jp", "text/html; charset=euc-jp", "", "euc_jp"),
        (JAPANESE, "iso2022_jp", None, '<meta charset="iso-2022-jp">', "iso2022_jp"),
        (FRENCH, "utf-8-sig", "text/html; charset=iso-8859-1", "", "utf-8"),
        (RUSSIAN, "utf-16", None, "", "utf-16-le"),
    ],
)
def test_encodings(text: str, encoding: str, header: str | None, meta: str, found: str) -> None:
    document = Document(page(text, meta).encode(encoding), "https://example.org/1", header)
    assert document.root.findtext(".//p") == text, (encoding, header, meta)
    assert document.encoding == found


TURKISH = "Belediye başkanı pazartesi günü köprünün kıştan önce açılacağını söyledi. " * 3
CZECH = "Starosta v pondělí řekl, že most bude obnoven před zimou a že práce začnou brzy. " * 3
POLISH = "Burmistrz powiedział, że most zostanie wkrótce odbudowany, a ludzie śledzą każdą zmianę. " * 3
UKRAINIAN = "Міський голова повідомив, що міст буде відновлено, і роботи розпочнуться. " * 3
ICELANDIC = "Bæjarstjórinn sagði á mánudag að brúin yrði endurbyggð fyrir veturinn og þá opnuð. " * 3


@pytest.mark.parametrize(
    ("text", "language", "encoding", "declared", "found"),
    [
        (TURKISH, "tr", "cp1254", "iso-8859-1", "cp1254"),
        (CZECH, "cs-CZ", "cp1250", "windows-1252", "cp1250"),
        (CZECH, "cs", "iso8859-2", "iso-8859-1", "iso8859-2"),
        (POLISH, "pl", "iso8859-2", "iso-8859-1", "iso8859-2"),
        (FRENCH, "pl", "cp1252", "iso-8859-1", "cp1252"),  # the language is the lie
        (UKRAINIAN, "uk", "koi8-u", None, "koi8-u"),
        (ICELANDIC, "is", "cp1252", None, "cp1252"),
        (JAPANESE, "ja", "iso2022_jp", None, "iso2022_jp"),
        (JAPANESE, "ja", "iso2022_jp", "utf-8", "iso2022_jp"),
    ],
)
def test_encodings_that_the_language_tells(
    text: str, language: str, encoding: str, declared: str | None, found: str
) -> None:
    body = page(text).replace("<html>", f"<html lang='{language}'>").encode(encoding)
    document = Document(body, "https://example.org/1", declared and f"text/html; charset={declared}")
    assert document.root.findtext(".//p") == text, (language, encoding, declared)
    assert document.encoding == found


@pytest.mark.parametrize("faults", [0, 50, 150])
def test_a_false_utf8_is_noticed_behind_any_number_of_faults_in_the_markup(faults: int) -> None:
    body = page(FRENCH, '<meta charset="utf-8">', "</i>" * faults).encode("cp1252")
    document = Document(body, "https://example.org/1", "text/html; charset=utf-8")
    assert (document.root.findtext(".//p"), document.encoding) == (FRENCH, "cp1252")


@pytest.mark.parametrize("place", ["<!-- é -->", "<script>'é'</script>", "<i title='é'></i>"])
def test_a_false_utf8_is_noticed_where_no_text_is(place: str) -> None:
    body = page("plain words", noise=place).encode("latin-1")
    assert Document(body, "https://example.org/1", "text/html; charset=iso-8859-1").encoding == "cp1252"


def test_one_broken_byte_costs_one_letter() -> None:
    body = page(RUSSIAN).encode().replace("города".encode(), b"\xd0" + "орода".encode(), 1)
    document = Document(body, "https://example.org/1", "text/html; charset=utf-8")
    assert document.root.findtext(".//p") == RUSSIAN.replace("города", "\ufffdорода", 1)
