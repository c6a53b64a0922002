"""Languages told by their function words: none is told where it is unsure."""

from __future__ import annotations

import pytest

from newscrawler.extraction.fields.function_words import FunctionWords

TEXTS = {
    "en": "The mayor said on Monday that the bridge would be rebuilt before winter and that work on it is to begin.",
    "de": "Der Bürgermeister sagte am Montag, dass die Brücke vor dem Winter wieder aufgebaut werde und die Arbeiten "
    "bald beginnen. Das ist für viele nicht zu früh.",
    "fr": "Le maire a déclaré lundi que le pont serait reconstruit avant la fin de l'année et que les travaux sur le "
    "site ne dureront pas plus de six mois pour les riverains.",
    "es": "El alcalde dijo el lunes que el puente será reconstruido y que las obras no van a durar más de seis meses "
    "para los vecinos de la zona.",
    "pt": "O prefeito disse que a ponte não será reconstruída este ano e que as obras vão começar mais tarde, para os "
    "moradores da região é uma notícia má.",
    "it": "Il sindaco ha detto che il ponte non sarà ricostruito prima della fine dell'anno e che i lavori per la "
    "strada sono anche più lunghi del previsto.",
    "nl": "De burgemeester zei dat de brug voor de winter wordt herbouwd en dat het werk niet lang op zich laat "
    "wachten, ook al is er nog geen geld voor.",
    "pl": "Burmistrz powiedział, że most nie zostanie odbudowany przed zimą, ale prace są już w toku i to jest dobra "
    "wiadomość dla tych, którzy na nim co dzień się spotykają.",
    "fi": "Pormestari sanoi, että silta on valmis ja työt ovat ohi, mutta se ei ole kaikille hyvä uutinen, kun myös "
    "tie joka sille vie on poikki.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_tells_its_language(language: str) -> None:
    words = FunctionWords(TEXTS[language])
    assert words.language == language
    assert words.may_be(language)


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_not_in_the_language_of_a_template(language: str) -> None:
    assert not FunctionWords(TEXTS[language]).may_be("de" if language == "en" else "en")


@pytest.mark.parametrize("text", ["", "Bridge open", "Bridge Mayor Monday Winter " * 20])
def test_nothing_is_told_of_a_text_without_such_words(text: str) -> None:
    assert FunctionWords(text).language is None
    assert FunctionWords(text).may_be("de")


@pytest.mark.parametrize(("told", "declared"), [("no", "nb"), ("hr", "sr"), ("id", "ms"), ("cs", "sk")])
def test_languages_written_alike_do_not_contradict_each_other(told: str, declared: str) -> None:
    texts = {
        "no": "Broen er åpen igjen, og det er ikke alle som er glade for det, men de fleste har ventet på den i to år.",
        "hr": "Most je otvoren i svi su se vratili na posao, a ne zna se kako će se dalje, što je za sve što su bi.",
        "id": "Jembatan itu akan dibuka dan tidak ada yang tahu dari mana dana untuk itu, juga dalam rapat pada hari.",
        "cs": "Most je otevřen a lidé se na to těší, ale není jisté, že se vše stihne do zimy, jako by to bylo.",
    }
    assert FunctionWords(texts[told]).may_be(declared)
