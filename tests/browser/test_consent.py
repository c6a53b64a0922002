"""The button that refuses, on consent walls in many languages; never the one that agrees."""

from __future__ import annotations

import pytest

from newscrawler.browser.consent import first_refusal

WALLS = [
    (["Accept all", "Manage options", "Reject all"], "Reject all"),
    (["I agree", "No, thanks"], "No, thanks"),
    (["Allow all cookies", "Use necessary cookies only", "Settings"], "Use necessary cookies only"),
    (["Accept", "Only necessary cookies"], "Only necessary cookies"),
    (["Agree and close", "Continue without accepting →"], "Continue without accepting →"),
    (["Alle akzeptieren", "Einstellungen", "Alle ablehnen"], "Alle ablehnen"),
    (["Zustimmen", "Nur notwendige Cookies"], "Nur notwendige Cookies"),
    (["Tout accepter", "Continuer sans accepter"], "Continuer sans accepter"),
    (["Accepter", "Tout refuser"], "Tout refuser"),
    (["Aceptar", "Rechazar todo"], "Rechazar todo"),
    (["Accetta tutti", "Rifiuta tutti"], "Rifiuta tutti"),
    (["Aceitar", "Rejeitar tudo"], "Rejeitar tudo"),
    (["Accepteren", "Alles weigeren"], "Alles weigeren"),
    (["Zaakceptuj", "Odrzuć wszystkie"], "Odrzuć wszystkie"),
    (["Принять все", "Отклонить все"], "Отклонить все"),
    (["Kabul et", "Tümünü reddet"], "Tümünü reddet"),
    (["قبول الكل", "رفض الكل"], "رفض الكل"),
    (["同意する", "すべて拒否"], "すべて拒否"),
    (["全部接受", "全部拒绝"], "全部拒绝"),
    (["Godkänn alla", "Neka alla"], "Neka alla"),
    # A plain no before a lesser one.
    (["Only necessary cookies", "Reject all", "Accept all"], "Reject all"),
]


@pytest.mark.parametrize(("labels", "pressed"), WALLS, ids=[pressed for _, pressed in WALLS])
def test_the_refusing_button(labels, pressed):
    place = first_refusal(labels)
    assert place is not None
    assert labels[place] == pressed


@pytest.mark.parametrize(
    "labels",
    [
        [],
        ["Accept all", "Manage options", "Learn more", "Privacy policy"],
        ["OK", "Got it", "Close", "Agree", "I accept", "Allow all"],
        ["Subscribe without ads", "Sign in", "Accept and continue"],
        ["We reject the idea that all of this is necessary, said the mayor of the town on Tuesday"],
        [
            "Alle akzeptieren",
            "Tout accepter",
            "Aceptar todo",
            "Принять все",
            "全部接受",
            "Accept all necessary and others",
        ],
    ],
)
def test_nothing_else_is_ever_pressed(labels):
    assert first_refusal(labels) is None
