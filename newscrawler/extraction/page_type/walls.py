"""Pages served in place of what was asked for: refusals, challenges, walls, errors that answer 200.

A wall is recognised by what it says of itself in its window title or headline (or in its few words, where it has
few), never on a page that declares a story: a story about passwords or error 404 stays a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from newscrawler.extraction.html.document import Document

# A page with more text of its own than this is no wall, whatever it is called (characters).
_LITTLE = 700
_VERY_LITTLE = 400
_ENOUGH = 4 * _VERY_LITTLE

_BLOCKED = re.compile(
    r"^just a moment|attention required.{0,5}cloudflare|access (?:to this page has been )?denied|"
    r"^(?:error )?403\b|\b403 forbidden|^forbidden$|are you (?:a robot|human)|robot or human|"
    r"verify (?:that )?you are (?:a )?human|human verification|bot verification|pardon our interruption|"
    r"request unsuccessful|incapsula incident|ddos-guard|checking your browser|^security check|"
    r"^one moment,? please|you have been blocked|unusual traffic|\bcaptcha\b|^blocked$|request blocked|"
    r"too many requests|rate limit exceeded|"
    r"zugriff verweigert|acc[èe]s refus[ée]|acceso denegado|acesso negado|accesso negato|"
    r"доступ (?:запрещ|ограничен|заборонен)|"
    r"访问被拒绝|访问受限|安全验证|アクセスが拒否|접근이 거부|تم رفض|دسترسی غیرمجاز",
    re.IGNORECASE,
)
_CHALLENGES = etree.XPath(
    "boolean(//script[contains(., '_cf_chl_opt') or contains(@src, 'captcha-delivery.com') or "
    "contains(@src, '_Incapsula_Resource')] | //*[@id='px-captcha' or @id='challenge-form' or "
    "@id='challenge-running' or contains(@class, 'g-recaptcha') or contains(@class, 'h-captcha') or "
    "contains(@class, 'cf-turnstile')] | //iframe[contains(@src, '_Incapsula_Resource') or "
    "contains(@src, 'captcha-delivery.com')])",
    smart_strings=False,
)
_ERROR = re.compile(
    r"^(?:error |erreur |fehler |http )*(?:404|410|500|502|503)\b|\b(?:error|erreur|fehler|erro) (?:404|410|50[023])|"
    r"\b404\W{0,3}$|\b404 (?:not found|error|page)|"
    r"page (?:not|cannot be|could not be|can't be|isn't|is not|was not|no longer) (?:found|available|exists?)|"
    r"^(?:file |article |content |story )?not found\b|(?:doesn.t|does not|no longer) exists?$|"
    r"^(?:internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|"
    r"an? error (?:has )?occurred|something went wrong|oops)\b|(?:site|page) (?:is )?under maintenance|"
    r"seite (?:wurde )?nicht gefunden|seite existiert nicht|nicht gefunden$|page (?:introuvable|non trouv[ée]e)|"
    r"p[áa]gina no (?:encontrada|existe|disponible)|p[áa]gina n[ãa]o (?:encontrada|existe)|"
    r"pagina non (?:trovata|esiste|disponibile)|pagina (?:kon )?niet (?:worden )?gevonden|"
    r"(?:strona|strony) nie (?:istnieje|znaleziono|została)|nie znaleziono strony|"
    r"sidan (?:kunde inte|finns inte|hittades)|"
    r"siden (?:ble ikke|finnes ikke|findes ikke|blev ikke)|sivua ei l[öo]y|str[áa]nka (?:nenalezena|neexistuje|nebyla)|"
    r"oldal nem tal[áa]lhat|pagina nu (?:a fost|exist)|sayfa bulunamad|halaman tidak (?:di)?temu|"
    r"kh[ôo]ng t[ìi]m th[ấa]y|stranica nije|страница (?:не найдена|не существует|удалена)|сторінк\w* не знайдено|"
    r"страницата не|η σελίδα δεν|δεν βρέθηκε|الصفحة غير موجودة|لم يتم العثور|صفحه (?:مورد نظر )?(?:یافت|پیدا)|"
    r"(?:页面|網頁|网页|頁面).{0,8}(?:不存在|找不到|已删除|未找到)|ページ.{0,6}(?:見つかりません|存在しません|ありません)|"
    r"페이지를 찾을 수|찾을 수 없는 페이지|הדף לא נמצא|ไม่พบหน้า|पृष्ठ नहीं मिला|পাতাটি পাওয়া যায়নি",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"^(?:please )?(?:log|sign)[ -]?in\b|\b(?:log|sign) ?in (?:to|or|required|with)|member login|"
    r"^(?:create (?:an )?account|register(?: now)?$|subscribe to (?:continue|read))|"
    r"^(?:anmelden|anmeldung|einloggen|registrieren)\b|^(?:se connecter|connexion|connectez-vous|identifiez-vous)\b|"
    r"^(?:iniciar sesi[óo]n|inicia sesi[óo]n|acceder|identif[íi]cate)\b|^(?:entrar|fa[çc]a (?:seu )?login|login)\b|"
    r"^(?:accedi|effettua il login)\b|^(?:inloggen|log in|logg inn|logga in|log ind|zaloguj|kirjaudu|p[řr]ihl[áa]|"
    r"giri[şs] yap|masuk|[đd][ăa]ng nh[ậa]p)|^(?:вход|войти|авторизация|увійти|σύνδεση)|"
    r"تسجيل الدخول|^ورود|^登录|^登入|ログイン|^로그인|התחברות|เข้าสู่ระบบ",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you (?:continue|proceed)|we (?:value|respect|care about) your (?:privacy|data)|"
    r"your privacy (?:choices|matters)|"
    r"^(?:cookie|privacy) (?:consent|wall|settings|preferences|notice)|consent (?:required|management)|"
    r"^(?:we use|this (?:site|website) uses) cookies|accept (?:all )?cookies to|continue with (?:ads|advertising)|"
    r"zustimmung|einwilligung|wir (?:sch[äa]tzen|respektieren) ihre privatsph|weiter mit werbung|"
    r"(?:nous respectons|le respect de) votre vie priv|continuer sans accepter|gestion des cookies|"
    r"(?:valoramos|respetamos) (?:su|tu) privacidad|sua privacidade|rispettiamo la (?:tua|vostra) privacy|"
    r"(?:wij|we) (?:waarderen|respecteren) (?:uw|je) privacy|cenimy (?:twoj[ąa]|pa[ńn]stwa) prywatno",
    re.IGNORECASE,
)
_PASSWORD = etree.XPath("boolean(//input[@type='password'])", smart_strings=False)
_WINDOW_TITLE = etree.XPath("string((//title)[1])", smart_strings=False)
_UNREAD = frozenset(("script", "style", "noscript", "option"))


def may_be_wall(text_length: int, declared: bool) -> bool:
    """True when the length of the text, and its being `declared` a story, leave it open that the page is a wall."""
    return text_length <= _LITTLE and not (declared and text_length)


def wall(
    document: Document, headline: str | None, text_length: int, declared: bool, printed: int = 0
) -> str | None:
    """The reason why the page is no page of the site's content, or None.

    `text_length`: characters of the text that was found; `declared`: the page says of itself that it is a
    story; `printed`: characters that are known to be on the page, of whatever kind. The reason begins with
    `blocked`, `error-page`, `login-wall` or `consent-wall`.
    """
    if not may_be_wall(text_length, declared):
        return None
    window = " ".join(str(_WINDOW_TITLE(document.root)).split())[:300]
    heads = [window]
    if headline and headline != window:
        heads.append(headline[:300])
    for head in heads:
        if len(head) <= 90:
            if _BLOCKED.search(head):
                return f"blocked says {head!r}"
            if _ERROR.search(head):
                return f"error-page says {head!r}"
            if _CONSENT.search(head):
                return f"consent-wall says {head!r}"
            if _LOGIN.search(head) and (_PASSWORD(document.root) or not text_length):
                return f"login-wall says {head!r}"
    return _little(document) if printed <= _ENOUGH else None


def _pieces(document: Document) -> Iterator[str]:
    """The texts of the page's body in order, as they are in the tree."""
    for body in document.index.by_tag["body"][:1]:
        for event, element in etree.iterwalk(body, events=("start", "end")):
            holder = element if event == "start" else element.getparent()
            piece = element.text if event == "start" else element.tail
            if piece and holder is not None and holder.tag not in _UNREAD:
                yield piece


def _little(document: Document) -> str | None:
    """The reason found in the words of a page that has few."""
    words: list[str] = []
    length = 0
    for piece in _pieces(document):
        text = " ".join(piece.split())
        if text:
            words.append(text)
            length += len(text)
            if length > _ENOUGH:
                return None
    if _CHALLENGES(document.root):
        return "blocked by a challenge"
    try:
        host, path = urlsplit(document.url)[1:3]
    except ValueError:
        host = path = ""
    if host.startswith(("consent.", "privacy.", "cmp.")) or "/consent" in path:
        return "consent-wall by its address"
    for text in words if length <= _VERY_LITTLE * 2 else words[:3]:
        text = text[:200]
        if _BLOCKED.search(text):
            return f"blocked says {text!r}"
        if _CONSENT.search(text):
            return f"consent-wall says {text!r}"
        if length <= _VERY_LITTLE and _ERROR.search(text):
            return f"error-page says {text!r}"
    if length <= _VERY_LITTLE * 2 and _PASSWORD(document.root):
        return "login-wall asks for a password"
    return None
