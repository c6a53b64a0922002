"""Words of bylines: prepositions, jobs, organisations, agencies, particles of names."""

from __future__ import annotations

# `By` in the languages that write it before the name; a colon or a space follows.
_PREPOSITIONS = """
    written by | reported by | posted by | published by | story by | words by | text by | article by |
    reporting by | edited by | editing by | by | von | par | por | di | af | av | door | autor | autorin
    | autoren | author | authors | auteur | autore | autor/a | autores | reporter | journalist | text |
    texte | texto | testo | tekst | a cura di | escrito por | publicado por | écrit par | publié par |
    rédigé par | scritto da | pubblicato da | verfasst von | geschrieben von | veröffentlicht von |
    erstellt von | ein (?:artikel | beitrag | kommentar | gastbeitrag) von | eine? (?:analyse | kolumne
    | rezension | reportage) von | interview:? | interview von | propos recueillis par | dari | oleh |
    penulis | yazan | haber | muhabir | автор | авторы | автор статьи | текст | от | بقلم | كتب | كتبت |
    نوشته | نویسنده | به قلم | خبرنگار | گزارش | تحریر | از | লেখক | লিখেছেন | द्वारा | लेखक | написал |
    napisał | napsal | autoři | skrevet av | skrevet af | skriven av | geplaatst door | geschreven door
    | bởi | tác giả | na | imeandikwa na | na mwandishi | kirjoittanut | írta | scris de | de | piše |
    пише | από | του | מאת | 作者 | 文 | 撰文 | 記者 | 记者 | 编辑 | 責任編輯 | 责任编辑 | 责编
    | 取材・文 | 글 | 취재 | 著者 | 文● | โดย | เรื่องโดย | ผู้เขียน"""
PREPOSITIONS = "|".join(" ".join(word.split()) for word in _PREPOSITIONS.split("|"))  # of a pattern

_ROLES = """
    editor editors reporter reporters correspondent correspondents journalist journalists writer writers
    columnist contributor contributors producer photographer photojournalist videographer freelance
    freelancer chief senior staff deputy associate assistant director analyst critic author authors
    guest special bureau desk head host anchor intern fellow professor redakteur redakteurin redaktion
    redaktionsleiter redaktionsleitung chefredakteur chefredakteurin korrespondent korrespondentin
    reporterin volontär volontärin autor autorin leiter leiterin ressortleiter mitarbeiter mitarbeiterin
    kollege kollegin gastautor gastbeitrag journalistin journaliste rédacteur rédactrice correspondant
    correspondante rédaction envoyé spécial periodista redactor redactora redacción corresponsal
    director directora enviado enviada editora colaborador jornalista repórter redação colunista
    giornalista redazione corrispondente inviato direttore journalista reportera verslaggever redacteur
    redactie correspondent journaliste skribent redaktør redaktör journalisten medarbetare muhabir
    editör yazar haber redaktor redaktorka dziennikarz dziennikarka reporterka novinář redakce
    toimittaja журналист корреспондент редактор обозреватель редакция собкор автор кореспондент
    журналіст خبرنگار دبیر نویسنده مترجم تحریریه محرر مراسل صحفي كاتب التحرير 기자 특파원 논설위원
    founder co-founder cofounder ceo cto cfo coo reviewer consultant educator expert specialist strategist engineer
    scientist manager president officer owner coach nutritionist dietitian horticulturist horticulturalist sr former
    선임기자 인턴기자 記者 编辑 編集部 編集委員 记者 編輯 phóng viên mwandishi"""
ROLES = frozenset(_ROLES.split())
_COLLECTIVES = """
    desk bureau staff redaktion redaktionsleitung rédaction redacción redação redazione redactie redakce"""
COLLECTIVES = frozenset(_COLLECTIVES.split())  # of the roles, those that are no single person's

_ORGANISATIONS = """
    news newsroom newsdesk media magazine magazin press presse agency agencies agence agentur agenturen
    agencia agencias agenzia online team staff desk service services group network tv radio television
    channel gmbh ag inc ltd llc corp company verlag zeitung tageszeitung post times herald tribune
    gazette chronicle courier observer examiner dispatch bulletin telegraph inquirer
    journal today daily weekly report reports web website site admin administrator
    editorial board office publications publishing university institute institut universität foundation
    stiftung association verband ministry department commission committee council police customs
    protection ministerium pressestelle correspondents reporters wire redaktionsteam digital redactie
    redazione redacción redação rédaction redaktion redaktionen redaksjonen redaktionen toimitus
    редакция редакції агентство новости خبرگزاری گروه وكالة وکالة ajansı haber merkezi servisi kollektiv
    nachrichten nachrichtenagentur fotoagentur commons getty shutterstock istock imago pixabay unsplash
    partner advertorial sponsored unknown anonymous anonym none null undefined various guest gast user
    nutzer webmaster root superuser default author 新聞 新闻 編集部 日報 日报 通信 통신 신문 뉴스 일보 편집국 网 社"""
ORGANISATIONS = frozenset(_ORGANISATIONS.split())
# Accounts that are nobody's.
NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "unknown",
        "anonymous",
        "anonym",
        "none",
        "null",
        "undefined",
        "various",
        "guest",
        "gast",
        "user",
        "nutzer",
        "webmaster",
        "root",
        "superuser",
        "default",
        "author",
        "editor",
        "staff",
    ]
)
# International and national news agencies, as they sign.
_AGENCIES = """
    reuters | thomson reuters | ap | associated press | the associated press | afp | agence
    france-presse | agence france presse | dpa | deutsche presse-agentur | dpa-infocom | dpa-afx | apa |
    austria presse agentur | sda | keystone-sda | sid | sport-informations-dienst | kna | epd | efe |
    agencia efe | europa press | ansa | adnkronos | agi | lusa | belga | anp | ritzau | ntb | tt | stt |
    tass | тасс | риа новости | ria novosti | interfax | интерфакс | xinhua | 新华社 | kyodo | 共同通信 | 時事通信
    | jiji | yonhap | 연합뉴스 | pti | ani | ians | upi | bloomberg | aap | cp | the canadian press |
    canadian press | pa | pa media | press association | anadolu ajansı | anadolu agency | aa | iha |
    dha | irna | ایرنا | isna | ایسنا | fars | mehr | tasnim | تسنیم | spa | wam | petra | maan | antara
    | bernama | vna | ttxvn | bns | eta | leta | pap | ctk | čtk | mti | agerpres | hina | tanjug | fena
    | ukrinform | укрінформ | укринформ | унiан | уніан | унian | télam | telam | notimex | ats"""
AGENCIES = frozenset(" ".join(name.split()) for name in _AGENCIES.split("|"))

_PARTICLES = """
    van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu zum zur vom op ní ó abu
    bint af av y e i st."""
PARTICLES = frozenset(_PARTICLES.split())
