from __future__ import annotations

import random

import pytest

from newscrawler.journal.near_duplicates import THRESHOLD, bands, shingles, signature, similarity

from .making import text

CHINESE = (
    "市议会周一表示,横跨河流的老桥将在下周开始的维修期间关闭三周。工程师在桥墩上发现了裂缝,但强调行人没有危险。"
    "渡轮将每十五分钟运行一次,直到桥梁重新开放。"
)
THAI = "สภาเมืองกล่าวเมื่อวันจันทร์ว่าสะพานเก่าข้ามแม่น้ำจะปิดเป็นเวลาสามสัปดาห์เพื่อซ่อมแซม"
PERSIAN = (
    "شورای شهر روز دوشنبه اعلام کرد که پل قدیمی رودخانه از هفته آینده به مدت سه هفته برای تعمیر بسته خواهد شد "
    "و قایق‌ها هر پانزده دقیقه حرکت می‌کنند."
)


def alike(one: str, other: str) -> float:
    return similarity(signature(one), signature(other))


def share_a_band(one: str, other: str) -> bool:
    first, second = signature(one), signature(other)
    assert first is not None
    assert second is not None
    return not set(bands("demo", first)).isdisjoint(bands("demo", second))


@pytest.mark.parametrize("body", [text(1, 14), text(2, 400), CHINESE, THAI, PERSIAN])
def test_the_same_text_in_other_dress(body: str) -> None:
    dressed = "  " + body.upper().replace(" ", "\u00a0 \n").replace(",", " , ") + "!\n"
    assert alike(body, dressed) == 1.0
    assert share_a_band(body, dressed)


@pytest.mark.parametrize("body", [text(2, 400), CHINESE, PERSIAN])
def test_a_copy_with_a_line_of_its_own(body: str) -> None:
    copy = body + (" 更多新闻。" if body is CHINESE else " Reported with the agency's desk.")
    assert alike(body, copy) >= THRESHOLD
    assert share_a_band(body, copy)


def test_texts_on_one_subject_are_not_copies() -> None:
    other = "市议会周二决定,新图书馆将于明年春天在港口附近动工。居民担心噪音和停车位,但市长说,城市需要见面的地方。"
    assert alike(CHINESE, other) < 0.3
    assert alike(text(1), text(2)) < 0.1


@pytest.mark.parametrize("body", ["", "Watch the video.", "视频", "... !!! ???"])
def test_too_short_to_tell(body: str) -> None:
    assert signature(body) is None
    assert similarity(signature(body), signature(body)) == 0.0


def test_the_estimate_follows_the_truth() -> None:
    words = text(5, 600).split()
    for kept in (0.95, 0.85, 0.6):
        cut = words[: int(len(words) * kept)]
        assert alike(" ".join(words), " ".join(cut)) == pytest.approx(kept, abs=0.12), kept


def test_copies_above_the_threshold_share_a_band_almost_always() -> None:
    chosen = random.Random(3)
    pairs = missed = 0
    for seed in range(200):
        words = text(seed, 200).split()
        copy = words.copy()
        for _ in range(6):
            copy[chosen.randrange(len(copy))] = "replaced"
        if alike(" ".join(words), " ".join(copy)) >= THRESHOLD:
            pairs += 1
            missed += not share_a_band(" ".join(words), " ".join(copy))
    assert pairs > 150
    assert missed / pairs < 0.05


def test_other_sites_have_other_bands() -> None:
    mark = signature(text(1))
    assert mark is not None
    assert set(bands("demo", mark)).isdisjoint(bands("other", mark))


def test_a_signature_of_another_version_does_not_compare() -> None:
    mark = signature(text(1))
    assert mark is not None
    assert similarity(mark, bytes([mark[0] ^ 1]) + mark[1:]) == 0.0
    assert similarity(mark, mark[:-1]) == 0.0


def test_shingles() -> None:
    assert shingles("The ferry LEAVES, the harbour.") == {
        "the ferry leaves",
        "ferry leaves the",
        "leaves the harbour",
    }
    assert shingles("A gull") == {"a gull"}
    assert shingles("...") == set()
