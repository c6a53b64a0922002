"""Lines for the readers are no text of the story."""

from __future__ import annotations

import pytest

from newscrawler.extraction.body.notices import is_notice


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "– ANZEIGE –", "La suite après cette publicité", "Реклама", "تبلیغات", "広告", "[Publicidad]",
        "This article is for subscribers only. To continue reading, please sign in.",
        "Diesen Artikel können Sie mit einem Abo weiterlesen.",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        "この記事は有料会員限定です。登録すると続きをお読みいただけます。",
        "Подпишитесь на наш канал и читайте новости первыми",
    ],
)  # fmt: skip
def test_notices(line):
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement for the ferry cost the town more than the boat.",
        "Anzeige erstattete der Bürgermeister am Montag.",
        "The paper has lost half of its subscribers since spring.",
        "Les abonnés du théâtre ont reçu une lettre.",
        "Already a subscriber? asked the man at the door. " + "She said that she was none. " * 12,
    ],
)
def test_lines_of_stories(line):
    assert not is_notice(line)
