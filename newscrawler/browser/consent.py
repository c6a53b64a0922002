"""Names of the button of consent walls that refuses, in many languages. Nothing else on a wall is ever pressed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 60  # characters: longer texts are sentences
# The best first: a plain no, then "only what is necessary", then reading on without an answer.
_NO = re.compile(
    r"(?:no,? )?(?:i )?(?:reject|decline|refuse|deny|disagree|opt[ -]?out|do not (?:accept|agree|consent)|no,? thanks?)"
    r"(?: (?:all|everything|cookies|all cookies|additional cookies|optional cookies|non-essential(?: cookies)?))?|"
    r"(?:alle[s]? )?(?:cookies )?(?:ablehnen|verweigern)|nein,? danke|nicht (?:zustimmen|akzeptieren)|"
    r"(?:tout |tous )?(?:refuser|rejeter|décliner)(?: tout| tous)?(?: les cookies)?|je refuse|"
    r"(?:rechazar|denegar|no acepto)(?: tod[oa]s?)?(?: las cookies)?|"
    r"(?:rejeitar|recusar)(?: tudo| todos)?(?: os cookies)?|(?:rifiuta|rifiuto|nega)(?: tutt[oi])?(?: i cookie)?|"
    r"(?:alles )?(?:weigeren|afwijzen)|alle(?:s)? (?:weigeren|afwijzen)|"
    r"(?:odrzuć|odrzucam|nie zgadzam się)(?: wszystkie)?|(?:odmítnout|zamítnout)(?: vše)?|odmietnuť(?: všetko)?|"
    r"(?:az összes )?(?:elutasít\w*)|(?:refuz\w*|respinge)(?: toate?| tot)?|odbij(?: sve)?|zavrni(?: vse)?|"
    r"(?:neka|avvisa|avböj)(?: alla)?|(?:avvis|avslå)(?: alle)?|(?:afvis|afslå)(?: alle)?|"
    r"(?:hylkää|kieltäydy)(?: kaikki)?|"
    r"(?:отклонить|отказаться|не согласен)(?: все)?|(?:відхилити|відмовитися)(?: все| всі)?|отхвърл\w*(?: всички)?|"
    r"(?:απόρριψη|απορρίπτω)(?: όλων)?|(?:tümünü |hepsini )?reddet|(?:رفض|أرفض)(?: الكل| الجميع)?|"
    r"(?:رد|نمی‌پذیرم)(?: همه)?|"
    r"דחה(?: הכל)?|अस्वीकार(?: करें)?|(?:tolak)(?: semua)?|từ chối(?: tất cả)?|ปฏิเสธ(?:ทั้งหมด)?|"
    r"(?:すべて)?拒否(?:する|します)?|同意しない|(?:全部)?拒绝(?:全部)?|(?:全部)?拒絕(?:全部)?|(?:모두 )?거부(?:하기)?",
    re.IGNORECASE,
)
_NECESSARY = re.compile(
    r"(?:(?:accept|allow|use|keep) )?(?:only|just) (?:the )?(?:strictly )?"
    r"(?:necessary|essential|required)(?: cookies)?|"
    r"(?:(?:accept|allow|use|keep) )?(?:strictly )?(?:necessary|essential|required)(?: cookies)? only|"
    r"(?:accept|allow|use) (?:strictly )?(?:necessary|essential|required)(?: cookies)?|"
    r"nur (?:notwendige|erforderliche|essen[tz]ielle|technisch notwendige).{0,12}|"
    r".{0,14}(?:uniquement|seulement) .{0,14}(?:nécessaires|essentiels)|"
    r".{0,12}(?:solo|sólo) .{0,10}(?:necesari[ao]s|necessari|esenciales)|"
    r"(?:apenas|somente) .{0,8}(?:necessários|essenciais)|alleen (?:noodzakelijke|functionele).{0,10}|"
    r"(?:tylko|wyłącznie) niezbędne|(?:pouze|jen) nezbytné.{0,10}|(?:endast|bara) nödvändiga.{0,10}|"
    r"(?:kun|bare) nødvendige.{0,10}|vain välttämättömät|только необходимые|лише необхідні|sadece gerekli.{0,10}|"
    r"仅必要|仅限必要.{0,6}|必要なもののみ|필수만.{0,6}",
    re.IGNORECASE,
)
_READ_ON = re.compile(
    r"continue without (?:accepting|consent\w*|agreeing)|"
    r"(?:ohne (?:einwilligung|zustimmung|zu akzeptieren)) ?(?:weiter|fortfahren)?|"
    r"(?:continuer|poursuivre) sans accepter|continuar sin aceptar|continuar sem aceitar|continua senza accettare|"
    r"doorgaan zonder (?:te )?accepteren|pokračovat bez souhlasu|fortsätt utan att godkänna|продолжить без согласия",
    re.IGNORECASE,
)


def first_refusal(labels: Iterable[str]) -> int | None:
    """The place, among the labels of a consent wall's buttons, of the one that refuses; None when there is none."""
    cleaned = [" ".join(label.split()).strip(" .!→›»×✕") for label in labels]
    for words in (_NO, _NECESSARY, _READ_ON):
        for place, label in enumerate(cleaned):
            if len(label) <= _LONGEST and words.fullmatch(label):
                return place
    return None
