"""Printed labels that announce what follows: tags, related stories, the story's number, comments.

Written as sites print them, in the languages with the most news sites; matched whole, case and colon apart.
"""

from __future__ import annotations

_LABELS = {
    "tags": """
        tag | tags | tagged | tagged with | tagged in | tagged as | topics | topic | article topics
        | story topics | filed under | related topics | explore more topics | more on this topic | more about
        | keywords | key words | in this story | themen | thema | schlagwörter | schlagworte | stichwörter
        | stichworte | mehr zum thema | themen in diesem artikel | mots-clés | mots clés | sujets | thèmes
        | etiquetas | temas | archivado en | palabras clave | temas relacionados | más sobre | tópicos
        | assuntos | mais sobre | palavras-chave | tag articolo | argomenti | temi | parole chiave | onderwerpen
        | trefwoorden | emner | stikord | nøkkelord | ämnen | taggar | läs mer om | mer om | avainsanat | aiheet
        | tagi | tematy | słowa kluczowe | štítky | témata | klíčová slova | címkék | etichete | cuvinte cheie
        | ознаке | oznake | ključne riječi | ключови думи | теги | тэги | метки | ключевые слова | темы
        | по теме | ключові слова | теми | etiketler | konular | anahtar kelimeler | ετικέτες | برچسب ها
        | برچسب‌ها | برچسبها | برچسب | کلمات کلیدی | کلید واژه ها | کلیدواژه | کلیدواژه ها | کلیدواژه‌ها
        | موضوعات | وسوم | الوسوم | كلمات مفتاحية | الكلمات المفتاحية | كلمات دلالية | الكلمات الدلالية | مواضيع
        | ٹیگز | تگ | תגיות | תגים | टैग | टैग्स | विषय | ট্যাগ | ট্যাগস | বিষয় | 标签 | 標籤 | 关键词 | 關鍵字
        | 关键字 | タグ | キーワード | 関連キーワード | 태그 | 키워드 | từ khóa | chủ đề | แท็ก
        | แท็กที่เกี่ยวข้อง | tag terkait | topik | maudhui""",
    "related": """
        related | related stories | related story | related articles | related article | related news
        | related posts | related content | related coverage | related reading | related links
        | featured stories | featured | featured news | read more | read also | also read | see also
        | more stories | more news | more on this story | more from this section | most read | most popular
        | most viewed | popular | recommended | recommended stories | recommended for you | you may also like
        | you might also like | you might be interested in | don't miss | dont miss | up next | read next
        | what to read next | further reading | top stories | latest news | latest stories | editors' picks
        | editor's picks | trending | trending now | more like this | mehr zum thema | verwandte artikel
        | weitere artikel | ähnliche artikel | lesen sie auch | das könnte sie auch interessieren | meistgelesen
        | meistgelesene artikel | auch interessant | passend zum thema | empfohlen | à lire aussi | lire aussi
        | articles liés | sur le même sujet | les plus lus | articles similaires | à voir aussi
        | noticias relacionadas | relacionadas | relacionados | artículos relacionados | te puede interesar
        | te recomendamos | lee también | lea también | más leídas | lo más leído | más noticias | leia também
        | leia mais | notícias relacionadas | mais lidas | veja também | articoli correlati | leggi anche
        | correlati | potrebbe interessarti | i più letti | lees ook | gerelateerd | meest gelezen
        | gerelateerde artikelen | les også | læs også | relaterte artikler | mest læste | mest lest | läs också
        | läs även | läs mer | mest läst | relaterat | lue myös | luetuimmat | czytaj także | czytaj też
        | zobacz także | zobacz też | powiązane | přečtěte si také | související články | související
        | čtěte také | kapcsolódó cikkek | citește și | articole similare | pročitajte još | povezane vijesti
        | povezano | прочетете още | свързани новини | читайте также | по теме | похожие новости
        | материалы по теме | смотрите также | читайте також | за темою | ilgili haberler | i̇lgili haberler
        | benzer haberler | önerilen haberler | en çok okunanlar | διαβάστε επίσης | σχετικά άρθρα | اخبار مرتبط
        | خبرهای مرتبط | مطالب مرتبط | مرتبط | اخبار ویژه | پربازدیدترین | پربازدیدترین ها | پربیننده ترین
        | بیشتر بخوانید | مطالب پیشنهادی | اخبار ذات صلة | أخبار ذات صلة | مواضيع ذات صلة | مقالات ذات صلة
        | اقرأ أيضا | اقرأ أيضاً | إقرأ أيضا | اقرأ المزيد | الأكثر قراءة | قد يعجبك أيضا | مزید پڑھیں
        | متعلقہ خبریں | כתבות נוספות | אולי יעניין אותך | संबंधित खबरें | ये भी पढ़ें | यह भी पढ़ें | আরও পড়ুন
        | আরও খবর | সম্পর্কিত খবর | 相关新闻 | 相关阅读 | 相关文章 | 相關新聞 | 延伸閱讀 | 推荐阅读 | 関連記事
        | 関連ニュース | おすすめ記事 | 관련기사 | 관련 기사 | 관련뉴스 | tin liên quan | tin cùng chuyên mục
        | đọc thêm | ข่าวที่เกี่ยวข้อง | berita terkait | baca juga | artikel terkait | habari zinazohusiana
        | soma zaidi""",
    "code": """
        story code | story id | news code | news id | news no | article id | article code | code | id
        | document id | post id | beitrags-id | artikel-id | código de noticia | código | código da notícia
        | codice notizia | haber kodu | haber no | код новости | номер новости | کد خبر | کد مطلب | شناسه خبر
        | شناسه مطلب | شماره خبر | کد | رمز الخبر | رقم الخبر | معرف الخبر | خبر کوڈ | 新闻编号""",
    "comments": """
        comment | comments | kommentare | kommentar | commentaires | comentarios | comentários | commenti
        | reacties | kommentarer | komentarze | комментарии | комментариев | коментарі | yorumlar | yorum
        | نظرات | تعليقات | التعليقات | 评论 | 댓글 | コメント""",
}
# A few announce tags on one site and stories on another (`mehr zum thema`): what they lead to decides.
EITHER = "tags or related"
TAGS, RELATED = frozenset(("tags", EITHER)), frozenset(("related", EITHER))
_MEANS: dict[str, str] = {}
for _kind in ("comments", "code", "related", "tags"):
    for _label in _LABELS[_kind].split("|"):
        _key = " ".join(_label.split()).casefold()
        _MEANS[_key] = EITHER if _kind == "tags" and _MEANS.get(_key) == "related" else _kind
LONGEST_LABEL = max(map(len, _MEANS))  # characters
_EDGES = "\u200b \t\r\n\u00a0:：|•·»›>-–—▶►▼#[]()*"


def label_of(text: str) -> tuple[str, str] | None:
    """What a label announces (`tags`, `related`, `EITHER`, `code`, `comments`), and the text after its colon."""
    head = text.strip()
    if not head:
        return None
    first = head[0]
    if (first.isascii() and not first.isalpha()) or head[-1] in _EDGES:
        head = head.strip(_EDGES)
    if len(head) <= LONGEST_LABEL and (means := _MEANS.get(head.casefold())):
        return means, ""
    if ":" in head or "：" in head:
        for colon in (":", "："):
            before, found, rest = head.partition(colon)
            if found and (means := _MEANS.get(" ".join(before.split()).casefold())):
                return means, rest.strip()
    elif "\n" in head or "  " in head or "\u00a0" in head:
        return _whole(head)
    return None


def _whole(head: str) -> tuple[str, str] | None:
    means = _MEANS.get(" ".join(head.split()).casefold())
    return (means, "") if means else None
