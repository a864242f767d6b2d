"""Vietnamese syllables, spelt from initials, rimes and tones; no text is copied."""

from __future__ import annotations

import unicodedata


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_INITIALS = ("", *_words("b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x"))
_OPEN = _words(
    "a ai ao au ay âu ây am an ang anh ăm ăn ăng âm ân âng e em en eo ê êm ên ênh êu i ia iêm iên iêng iêu im in inh "
    "iu o oa oai oan oang oanh oe oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân ui um un ung uôi uôm uôn uông uy "
    "uyên ư ưa ưi ưng ươi ươm ươn ương ưu"
)
_STOPPED = _words(
    "ac ach ap at ăc ăp ăt âc âp ât ep et êch êp êt ich iêc iêp iêt ip it oc oat op ot ôc ôp ôt ơp ơt uc uât uôc uôt "
    "uyêt up ut ưc ươc ươp ươt ưt"
)
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_STOPPED_TONES = ("\u0301", "\u0323")
_MARKED = "êơôâă"
_VOWELS = "aăâeêioôơuưy"


def _spelt(initial: str, rime: str) -> str | None:
    """Join initial and rime as they are written, None where the language has no such syllable."""
    front = rime[0] in "eêiy"
    if initial == "qu" and rime[0] in "uưo":
        return None
    if initial == "gi" and rime[0] == "i":
        return None
    initial = {"c": "k", "g": "gh", "ng": "ngh"}.get(initial, initial) if front else initial
    return initial + rime


def _toned(syllable: str, rime: str, tone: str) -> str:
    """Put the tone on the vowel that bears it."""
    start = len(syllable) - len(rime)
    vowels = [i for i in range(start, len(syllable)) if syllable[i] in _VOWELS]
    marked = [i for i in vowels if syllable[i] in _MARKED] or [i for i in vowels if syllable[i] == "ư"]
    closed = syllable[-1] not in _VOWELS
    at = marked[-1] if marked else vowels[-1] if closed else vowels[0]
    return unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])


def syllables() -> list[str]:
    """Return every syllable, without repeats, in a fixed order."""
    out: dict[str, None] = {}
    for rimes, tones in ((_OPEN, _TONES), (_STOPPED, _STOPPED_TONES)):
        for rime in rimes:
            for spelt in filter(None, (_spelt(initial, rime) for initial in _INITIALS)):
                out.update(dict.fromkeys(_toned(spelt, rime, tone) for tone in tones))
    return list(out)
