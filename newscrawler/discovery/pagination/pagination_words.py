"""How pages name the link to their next page, in many languages.

A listing's next page is the older one: `older` always means next and `newer` never does, whatever class or
arrow the template gives them (blog software disagrees on which of the two is `next`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_NEXT = """
next|next page|nextpage|go to next page|go to the next page|forward|continue|view next|show next|
weiter|nächste|nächste seite|naechste seite|zur nächsten seite|folgende|vorwärts|vor|
suivant|suivante|suivants|suivantes|page suivante|la page suivante|articles suivants|
siguiente|siguientes|página siguiente|pagina siguiente|siguiente página|ir a la página siguiente|
próxima|proxima|próximo|proximo|próximas|próxima página|página seguinte|seguinte|avançar|
successiva|successivo|successivi|pagina successiva|avanti|prossima|prossima pagina|
volgende|volgende pagina|verder|nästa|nästa sida|neste|neste side|næste|næste side|seuraava|seuraava sivu|
następna|następne|następny|następna strona|dalej|další|další stránka|následující|ďalšia|ďalšie|ďalej|
následujúca|következő|következő oldal|tovább|următoarea|urmatoarea|următorul|pagina următoare|înainte|
sljedeća|sljedeće|sledeća|sledeće|slijedeća|naslednja|naprej|järgmine|nākamā|kitas|tjetra|seguent|següent|hurrengoa|
следующая|следующая страница|следующие|следующий|далее|дальше|вперед|вперёд|след|след\\.|
наступна|наступна сторінка|далі|вперед|наступні|следваща|следваща страница|напред|следна|следећа|наступная|
επόμενη|επόμενο|επόμενη σελίδα|επόμενα|sonraki|sonraki sayfa|ileri|növbəti|keyingi|келесі|
التالي|التالية|الصفحة التالية|التالى|بعدی|بعد|صفحه بعد|صفحه بعدی|صفحهٔ بعد|
اگلا|اگلا صفحہ|اگلے|הבא|הבאה|לעמוד הבא|העמוד הבא|
अगला|अगला पृष्ठ|अगले|आगे|अगला पेज|पुढील|পরবর্তী|পরের|পরবর্তী পাতা|পরের পাতা|அடுத்த|அடுத்து|తదుపరి|ਅਗਲਾ|
ถัดไป|หน้าถัดไป|ต่อไป|selanjutnya|berikutnya|halaman berikutnya|halaman selanjutnya|seterusnya|susunod|
tiếp|tiếp theo|trang sau|trang tiếp|trang tiếp theo|trang kế|kế tiếp|შემდეგი|հաջորդ|
次|次へ|次のページ|次ページ|次頁|次の記事一覧|つぎへ|つぎのページ|
下一页|下一頁|下页|下頁|后一页|後一頁|后页|다음|다음 페이지|다음페이지|다음으로
"""
_OLDER = """
older|older posts|older entries|older articles|older stories|older news|older post|older items|earlier posts|
previous posts|previous entries|previous articles|ältere|ältere beiträge|ältere artikel|ältere einträge|ältere posts|
articles plus anciens|plus anciens|plus ancien|messages plus anciens|billets plus anciens|articles précédents|
entradas antiguas|entradas más antiguas|más antiguas|más antiguos|anteriores|entradas anteriores|noticias anteriores|
postagens mais antigas|mais antigas|mais antigos|posts mais antigos|posts antigos|notícias anteriores|
post più vecchi|più vecchi|articoli più vecchi|articoli precedenti|oudere berichten|oudere|oudere artikelen|
äldre|äldre inlägg|eldre|eldre innlegg|ældre|ældre indlæg|vanhemmat|vanhemmat artikkelit|
starsze|starsze posty|starsze wpisy|starší|starší příspěvky|staršie|régebbi|régebbi bejegyzések|
mai vechi|postări mai vechi|articole mai vechi|stariji|старые|более старые|старые записи|ранее|старіші|по-стари|
παλαιότερα|παλιότερα|παλαιότερες|παλαιότερες αναρτήσεις|daha eski|eski|eski yazılar|daha eski kayıtlar|
أقدم|رسائل أقدم|المشاركات الأقدم|مقالات أقدم|المقالات الأقدم|قدیمی‌تر|قدیمی تر|مطالب قدیمی‌تر|
נושאים ישנים|פוסטים ישנים|ישנים יותר|
पुराने|पुरानी|पुराने पोस्ट|পুরনো|পুরাতন|পুরাতন পোস্টসমূহ|
lebih lama|postingan lama|artikel lama|cũ hơn|bài cũ hơn|bài đăng cũ hơn|
古い記事|以前の記事|過去の記事|前の投稿|以前の投稿|较早的|较旧的博文|旧文章|較舊的文章|지난 글|이전 글|이전 글들
"""
_NEWER = re.compile(
    r"\b(?:newer|neuere|plus r[ée]cente?s?|m[áa]s recientes|mais recentes|pi[ùu] recenti|nieuwere|nyare|nyere|"
    r"uudemmat|nowsze|nov[ěe]j[šs][íi]|[úu]jabb|mai noi|noviji|новее|новые|более новые|новіші|по-нови|νεότερ\w+|"
    r"daha yeni|lebih baru|terbaru|m[ớo]i h[ơo]n)\b|أحدث|جدیدتر|חדשים יותר|नए|নতুন|新しい|较新|較新|최신",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"\b(?:prev|previous|back|zur[üu]ck|vorherige|pr[ée]c[ée]dente?s?|anterior|precedente|vorige|f[öo]reg\w+|forrige|"
    r"edellinen|poprzedni\w*|p[řr]edchoz[íi]|p[řr]ede[šs]l\w+|el[őo]z[őo]|предыдущ\w+|назад|попередн\w+|"
    r"προηγ\w+|[öo]nceki|sebelumnya|tr[ưu][ớo]c)\b|السابق|قبلی|הקודם|पिछला|পূর্ববর্তী|前へ|前の|上一|이전",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:load|show|view|see|read)? ?more(?: .{1,30})?|mehr(?: .{1,30})?|(?:afficher|voir|charger) plus.{0,20}|"
    r"(?:ver|cargar|mostrar|carregar) m[áa]s?.{0,20}|carregar mais.{0,20}|altri|mostra altr[io].{0,20}|meer.{0,20}|"
    r"visa fler.{0,20}|(?:показать|загрузить) (?:ещ[её]|больше)|ещ[её]|المزيد|تحميل المزيد|بیشتر|もっと見る|加载更多|"
    r"查看更多|더보기|muat lainnya|daha fazla|xem thêm)",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\s+(?:pages?|posts?|entries|articles?|stories|news|results?|items|topics|events|seite|beitr[äa]ge|artikel|"
    r"articles|noticias|not[íi]cias|entradas|\d{1,3})$"
)
_ARROWS = "›»>→▶►❯⟩⇒➔➜▸»〉»⏵⯈"
_BACK_ARROWS = "‹«<←◀◄❮⟨⇐◂〈⏴⯇"
_TRIM = re.compile(rf"[\s\[\](){{}}|:.…·\-–—\ufe0e\ufe0f\u200e\u200f{re.escape(_ARROWS + _BACK_ARROWS)}]+")


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip().replace("\\.", ".") for phrase in text.split("|") if phrase.strip())


_NEXT_PHRASES = _phrases(_NEXT)
_OLDER_PHRASES = _phrases(_OLDER)

# Labels of more characters or words are headlines, not controls.
LONGEST = 60
_HEADLINE_WORDS = 6


def is_older(label: str) -> bool:
    """True when a label speaks of older entries."""
    return _TRIM.sub(" ", label).strip().lower() in _OLDER_PHRASES


def is_newer(label: str) -> bool:
    """True when a label speaks of newer entries."""
    return _NEWER.search(label) is not None


@lru_cache(maxsize=8192)
def says(label: str) -> str:
    """`next`, `more`, `arrow`, `last` (a double arrow), `previous` or an empty string: what a label means."""
    text = label.strip()
    if not text or len(text) > LONGEST:
        return ""
    core = _TRIM.sub(" ", text).strip().lower()
    if not core:
        bare = text.strip("[](){}|.\u200e\u200f \ufe0e\ufe0f")
        if not bare or not all(sign in _ARROWS or sign in " -–—" for sign in bare):
            return "previous" if bare and any(sign in _BACK_ARROWS for sign in bare) else ""
        return (
            "last" if bare in ("»", ">>", "››", "»»", ">>|", ">|") else "arrow" if bare.strip("-–— ") else ""
        )
    if core.count(" ") >= _HEADLINE_WORDS:
        return ""
    if core in _OLDER_PHRASES:
        return "next"
    if _NEWER.search(core):
        return "previous"
    short = _NOUNS.sub("", core)
    if core in _NEXT_PHRASES or short in _NEXT_PHRASES or short in _OLDER_PHRASES:
        return "next"
    if _PREVIOUS.search(core):
        return "previous"
    return "more" if _MORE.fullmatch(core) else ""
