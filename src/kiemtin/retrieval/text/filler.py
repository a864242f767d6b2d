"""Words that people put around a link when they ask about it, and that say nothing of what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from kiemtin.retrieval.text.folding import fold

_VIETNAMESE = """
à ạ ad admin ai anh ấy bạn bác bài báo bấm biết các cái cháu chỉ chị cho chú chưa có cô coi con của dạ đâu đây để đến
đi đó đọc đúng được em gì giả giúp hả hay hãy hỏi hộ không kia kiểm là lạ lừa đảo liệu luôn mà mình mọi mới nào này nè
nghe người nguồn nha nhé nhỉ nhờ những ơi ở qua rồi ra sai sao thật thấy thế thì thông tin tới tôi tra trang trong từ ừ
và vào vậy về vẫn việc vụ xác minh xem xin hông hong hok k ko mn mng r dk vs u uh bao giờ hiểu khó biết ntn
"""
_ENGLISH = """
a about an any anyone can check dear does fake false hello here hey hi i in is it its know legit link look me my new
news of on or page please pls plz post real right saw scam see seen site so someone tell thanks that the this to true
url video viral was watch we web website what what's whats you
"""
_FILLER = frozenset(_VIETNAMESE.split()) | frozenset(_ENGLISH.split())
_TONELESS = frozenset(map(fold, _FILLER))


def telling(words: Iterable[str]) -> list[str]:
    """Return the words that are none of these; of words typed without diacritics also none of these without theirs."""
    return [word for word in words if word not in (_TONELESS if word.isascii() else _FILLER)]
