"""Scripts by the way they write words, as Unicode ranges for the character classes of patterns."""

# Hiragana, Katakana and Han: no spaces, and about one word to a character.
IDEOGRAPHIC = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Those, and Thai, Lao, Burmese and Khmer: no spaces between words.
UNSPACED = IDEOGRAPHIC + r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# Those, and Hangul: spaces between words, but few characters to a word. A headline in them has few spaces.
DENSE = UNSPACED + r"\uac00-\ud7af"
