"""One way to fold words for matching: for names, texts, and both search engines.

Two texts match when they fold to the same words: case, accents, width, ligatures and
punctuation make no difference. Every ideograph and kana is a word of its own, because
nothing in the text says where a word of several begins.
"""

import unicodedata

# Letters that no normalisation form takes apart, though a typist would.
SPELT_OUT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# What becomes of ASCII, in which most names and texts are: a tenth of the time.
ASCII = {point: " " for point in range(128) if not chr(point).isalnum()}
ASCII[ord("'")] = ""


def fold(text: str) -> str:
    """The words of a text, folded, one space between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    if text.isascii():
        return text.lower().translate(ASCII).split()
    plain = "".join(_plain(text))
    return "".join(_spaced(char) for char in plain).split()


def _plain(text: str) -> list[str]:
    """The characters of a text without case, width and accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed)
    bare = "".join(char for char in decomposed if not is_accent(char))
    return list(unicodedata.normalize("NFC", bare).translate(SPELT_OUT))


def is_accent(char: str) -> bool:
    # Combining classes: 10-35 are Hebrew and Arabic vowel points, 202-240 accents
    # above and below. The others (Indic signs, say) are part of the letter.
    place = unicodedata.combining(char)
    return 10 <= place <= 35 or 202 <= place <= 240


def _spaced(char: str) -> str:
    """A character as it stands among words: itself, a word alone, or a gap."""
    if is_ideograph(char):
        return f" {char} "
    if char.isalnum() or unicodedata.category(char).startswith("M"):
        return char
    # An apostrophe belongs to its word: O'Brien and OBrien match.
    return "" if char in "'’ʼ" else " "


def is_ideograph(char: str) -> bool:
    """Whether a character is written without spaces around words."""
    point = ord(char)
    return (
        0x3040 <= point <= 0x30FF
        or 0x3400 <= point <= 0x9FFF
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x3FFFF
    )
