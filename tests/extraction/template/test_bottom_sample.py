from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extraction.template.bottom_sample import BottomSample


@given(st.lists(st.integers(0, 1000), max_size=60), st.randoms())
def test_the_sample_does_not_depend_on_the_order(keys, dice):
    one, other = BottomSample(10), BottomSample(10)
    for key in keys:
        one.add(key, str(key))
    dice.shuffle(keys)
    for key in keys:
        other.add(key, str(key))
    assert list(one.items()) == list(other.items()) == [(key, str(key)) for key in sorted(set(keys))[:10]]


def test_it_says_whether_a_value_would_be_kept():
    sample = BottomSample(2)
    sample.add(5, "five")
    sample.add(7, "seven")
    assert sample.wants(6)
    assert sample.wants(7)
    assert not sample.wants(8)
    assert not sample.add(8, "eight")
