"""Make the fonts of the site and of the share cards from the npm package ``@fontsource/be-vietnam-pro``.

The package holds each weight in three subsets (Latin, extended Latin, Vietnamese). Vietnamese letters then lack all
kerning with plain ones ("Tư", "Vẫ"), a page fetches three files a weight, and Pillow, which takes one file, cannot
draw a Vietnamese word at all. This puts what Vietnamese and English need into one small file a weight, and gives
each accented letter the kerning of its plain one.

Not part of the product: needs fonttools and brotli, in an environment of their own.

    python scripts/make_fonts.py PACKAGE_FOLDER
"""

import copy
import sys
import unicodedata
from array import array
from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

ROOT = Path(__file__).parent.parent / "src" / "kiemtin"
WEB = ROOT / "config" / "static" / "kiemtin" / "fonts"
CARDS = ROOT / "public" / "cards" / "fonts"

HORN = "\u031b"
HIGH = set("“”‘’\"'*°?™®²³")
TONES = "\u0300\u0309\u0303\u0301\u0323"
VOWELS = "aăâeêioôơuưy"
LETTERS = {
    unicodedata.normalize("NFC", letter + tone)
    for vowel in VOWELS
    for letter in (vowel, vowel.upper())
    for tone in ("", *TONES)
} | set("đĐ")
ASCII = {chr(code) for code in range(0x20, 0x7F)}
# what names from other languages need most; the rest falls back to the reader's system font, or to plain letters
LATIN = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒčČćĆğĞıłŁńŃřŘśŚšŠşŞźŹżŻžŽęĘąĄ")
SIGNS = set("\u00a0–—‘’‚“”„«»‹›…·•×÷±−%°€£¥₫¡¿§©®™²³½¼¾\u2044")
WANTED = sorted(LETTERS | ASCII | LATIN | SIGNS)
MARKS = {0x300: "gravecomb", 0x301: "acutecomb", 0x303: "tildecomb", 0x309: "hookabovecomb", 0x323: "dotbelowcomb"}
FIGURES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


class Source:
    """One weight of the package: the three subsets, read as one."""

    def __init__(self, package: Path, weight: int) -> None:
        names = ("latin", "vietnamese", "latin-ext")
        self.fonts = [TTFont(package / "files" / f"be-vietnam-pro-{name}-{weight}-normal.woff2") for name in names]
        self.kerning = [_pairs(font) for font in self.fonts]

    def find(self, char: str) -> tuple[TTFont, str] | None:
        """Give the font which holds the character, and the glyph's name there."""
        for font in self.fonts:
            if name := font.getBestCmap().get(ord(char)):
                return font, name
        return None

    def kern(self, left: str, right: str) -> int:
        """Kerning of two characters, in units; accented letters lend it from their plain relatives.

        Of several relatives the weakest pull counts, for an accent that leans out has less room than its letter; and
        nothing is pulled over a horn, nor a quotation mark over an accent.
        """
        if (exact := self._exact(left, right)) is not None:
            return exact
        values = [self._exact(a, b) for a in _relatives(left) for b in _relatives(right)]
        value = min((value for value in values if value is not None), key=abs, default=0)
        marks = unicodedata.normalize("NFD", left)[1:]
        if HORN in marks:
            return max(value, 30 if right in HIGH or right.isspace() else 0)
        return max(value, 0) if marks and right in HIGH else value

    def _exact(self, left: str, right: str) -> int | None:
        for font, pairs in zip(self.fonts, self.kerning, strict=True):
            cmap = font.getBestCmap()
            if ord(left) in cmap and ord(right) in cmap:
                return pairs.get((cmap[ord(left)], cmap[ord(right)]), 0)
        return None


def _relatives(char: str) -> list[str]:
    """Give the plain letter of an accented one, and those accented forms of it that are kerned in the package."""
    parts = unicodedata.normalize("NFD", char)
    plain = {"đ": "d", "Đ": "D", "₫": "d"}.get(parts[0], parts[0])
    if char == plain:
        return [char]
    marks = "" if parts[1:] in ("", "\u0323") else "\u0300\u0301\u0302\u0303"
    return [plain, *(form for mark in marks if len(form := unicodedata.normalize("NFC", plain + mark)) == 1)]


def _pairs(font: TTFont) -> dict[tuple[str, str], int]:
    """Read all kerning pairs of a font, classes written out."""
    pairs: dict[tuple[str, str], int] = {}
    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []:
        for table in lookup.SubTable if lookup.LookupType == 2 else []:
            for pair, value in _subtable(font, table):
                pairs.setdefault(pair, value)  # the first subtable that knows the pair wins
    return pairs


def _subtable(font: TTFont, table: Any) -> list[tuple[tuple[str, str], int]]:  # noqa: ANN401
    found = []
    if table.Format == 1:
        for left, record in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            for pair in record.PairValueRecord:
                found.append(((left, pair.SecondGlyph), getattr(pair.Value1, "XAdvance", 0)))
        return found
    for left in table.Coverage.glyphs:
        row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
        for right in font.getGlyphOrder():
            value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
            found.append(((left, right), getattr(value, "XAdvance", 0) if value else 0))
    return found


def build(source: Source) -> tuple[TTFont, dict[str, str]]:
    """Make one font with the wanted characters, and the glyph names by character."""
    font = copy.deepcopy(source.fonts[0])
    for tag in ("GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt ", "gasp"):
        if tag in font:
            del font[tag]
    names = {char: f"u{ord(char):04X}" for char in WANTED if source.find(char)}
    glyphs, widths = {}, {}
    for char, name in names.items():
        holder, old = source.find(char)  # type: ignore[misc]
        glyphs[name], widths[name] = _outline(holder, old), holder["hmtx"][old]
    for code, old in MARKS.items():
        glyphs[f"u{code:04X}"] = _outline(source.fonts[0], old)
        widths[f"u{code:04X}"] = source.fonts[0]["hmtx"][old]
    for accent in _share_outlines(names, glyphs):
        widths[accent] = (0, 0)
    _tabular(names, glyphs, widths)
    order = [".notdef", *glyphs]
    glyphs[".notdef"], widths[".notdef"] = _outline(source.fonts[0], ".notdef"), source.fonts[0]["hmtx"][".notdef"]
    font.setGlyphOrder(order)
    font["glyf"].glyphs, font["glyf"].glyphOrder = glyphs, order
    font["hmtx"].metrics = widths
    cmap = {ord(char): name for char, name in names.items()} | {code: f"u{code:04X}" for code in MARKS}
    font["cmap"].tables = [table for table in font["cmap"].tables if table.isUnicode()][:1]
    font["cmap"].tables[0].cmap = cmap
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 1, 2, 4, 6, 13, 14)]
    font["post"].formatType = 3.0
    font["OS/2"].recalcUnicodeRanges(font)
    return font, names


def _outline(font: TTFont, name: str) -> Any:  # noqa: ANN401
    """Copy a glyph without its hinting; the package holds no references between glyphs."""
    glyph = copy.deepcopy(font["glyf"][name])
    if glyph.isComposite():
        raise ValueError(f"{name} refers to other glyphs; write it out first")
    glyph.removeHinting()
    return glyph


def _contours(glyph: Any) -> list[tuple[tuple[int, int, int], ...]]:  # noqa: ANN401
    found, start = [], 0
    for end in glyph.endPtsOfContours if glyph.numberOfContours > 0 else []:
        flags = glyph.flags
        found.append(tuple((*glyph.coordinates[i], flags[i] & 1) for i in range(start, end + 1)))
        start = end + 1
    return found


def _share_outlines(names: dict[str, str], glyphs: dict[str, Any]) -> list[str]:
    """Turn an accented letter into a reference to its plain letter plus its accents' outlines; name those outlines."""
    shared: dict[tuple[Any, ...], str] = {}
    for char, name in list(names.items()):
        parts = unicodedata.normalize("NFD", char)
        if len(parts) < 2:
            continue
        for length in range(len(parts) - 1, 0, -1):
            base = names.get(unicodedata.normalize("NFC", parts[:length]))
            if base and _try_reference(glyphs, name, base, shared):
                break
    return list(shared.values())


def _try_reference(glyphs: dict[str, Any], name: str, base: str, shared: dict[tuple[Any, ...], str]) -> bool:
    """Write ``name`` as ``base`` and shared accents; say whether the outlines allowed it."""
    if glyphs[base].isComposite():
        return False
    mine, theirs = _contours(glyphs[name]), _contours(glyphs[base])
    rest = [contour for contour in mine if contour not in theirs]
    if len(rest) + len(theirs) != len(mine) or not all(contour in mine for contour in theirs):
        return False
    pen = TTGlyphPen(dict.fromkeys(glyphs))
    pen.addComponent(base, (1, 0, 0, 1, 0, 0))
    for contour in rest:
        left, low = min(x for x, _, _ in contour), min(y for _, y, _ in contour)
        shape = tuple((x - left, y - low, on) for x, y, on in contour)
        if shape not in shared:
            shared[shape] = f"accent{len(shared)}"
            glyphs[shared[shape]] = _from_points(shape)
        pen.glyphSet = dict.fromkeys(glyphs)
        pen.addComponent(shared[shape], (1, 0, 0, 1, left, low))
    glyphs[name] = pen.glyph()
    return True


def _from_points(points: tuple[tuple[int, int, int], ...]) -> Any:  # noqa: ANN401
    glyph = Glyph()
    glyph.numberOfContours = 1
    glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in points])
    glyph.flags = array("B", [on for _, _, on in points])
    glyph.endPtsOfContours = [len(points) - 1]
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    glyph.recalcBounds(None)
    return glyph


def _tabular(names: dict[str, str], glyphs: dict[str, Any], widths: dict[str, tuple[int, int]]) -> None:
    """Add figures of one width, which the family lacks: the proportional ones, set in the middle of that width."""
    width = widths[names["0"]][0]
    for figure in "0123456789":
        name = names[figure]
        shift = (width - widths[name][0]) // 2
        pen = TTGlyphPen(dict.fromkeys(glyphs))
        pen.addComponent(name, (1, 0, 0, 1, shift, 0))
        glyphs[f"{name}.t"] = pen.glyph()
        widths[f"{name}.t"] = (width, widths[name][1] + shift)


def _matrix(source: Source, names: dict[str, str]) -> dict[str, dict[str, int]]:
    """Kerning of every left glyph by right glyph, only what is not zero."""
    rows: dict[str, dict[str, int]] = {}
    for left, left_name in names.items():
        row = {right_name: value for right, right_name in names.items() if (value := source.kern(left, right))}
        if row:
            rows[left_name] = row
    return rows


def _features(source: Source, names: dict[str, str], kerning: dict[str, dict[str, int]]) -> str:
    """Write the OpenType features: one-width figures, kerning by classes, marks on plain letters."""
    figures = " ".join(names[figure] for figure in "0123456789")
    tabular = " ".join(f"{names[figure]}.t" for figure in "0123456789")
    lines = [f"feature tnum {{ sub [{figures}] by [{tabular}]; }} tnum;", "feature kern {"]
    lefts = _classes({name: tuple(sorted(row.items())) for name, row in kerning.items()})
    columns: dict[str, list[tuple[str, int]]] = {}
    for name, row in kerning.items():
        for right, value in row.items():
            columns.setdefault(right, []).append((name, value))
    rights = _classes({name: tuple(sorted(column)) for name, column in columns.items()})
    for left in lefts:
        for right in rights:
            if value := kerning[left[0]].get(right[0], 0):
                lines.append(f"pos [{' '.join(left)}] [{' '.join(right)}] {value};")
    return "\n".join([*lines, "} kern;", *_mark_feature(source, names)])


def _classes(shapes: dict[str, tuple[Any, ...]]) -> list[list[str]]:
    groups: dict[tuple[Any, ...], list[str]] = {}
    for name, shape in shapes.items():
        groups.setdefault(shape, []).append(name)
    return list(groups.values())


def _mark_feature(source: Source, names: dict[str, str]) -> list[str]:
    """Take over where tones sit on letters, for text that comes decomposed."""
    font = source.fonts[0]
    cmap = {old: f"u{code:04X}" for code, old in font.getBestCmap().items()}
    kept = set(names.values()) | {f"u{code:04X}" for code in MARKS}
    definitions, body = [], []
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable if lookup.LookupType == 4 else []:
            for old, record in zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True):
                if (name := cmap.get(old)) in kept:
                    anchor = record.MarkAnchor
                    definitions.append(
                        f"markClass {name} <anchor {anchor.XCoordinate} {anchor.YCoordinate}> @M{record.Class};"
                    )
            used = {line.rsplit("@", 1)[1].rstrip(";") for line in definitions}
            for old, record in zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True):
                anchors = [
                    f"<anchor {anchor.XCoordinate} {anchor.YCoordinate}> mark @M{index}"
                    for index, anchor in enumerate(record.BaseAnchor)
                    if anchor and f"M{index}" in used
                ]
                if (name := cmap.get(old)) in kept and anchors:
                    body.append(f"pos base {name} {' '.join(anchors)};")
    return [*definitions, "feature mark {", *body, "} mark;"] if body else []


def save_web(font: TTFont, weight: int) -> None:
    """Write the site's file of one weight."""
    font = copy.deepcopy(font)
    font["name"].names = [record for record in font["name"].names if record.nameID in (1, 2, 4, 6)]
    font.flavor = "woff2"
    font.save(WEB / f"be-vietnam-pro-{weight}.woff2")


def save_card(font: TTFont, weight: int, kerning: dict[str, dict[str, int]]) -> None:
    """Write the cards' file of one weight, and its kerning as text.

    Pillow kerns only where the system has fribidi, and then shapes by it; cards must come out equal everywhere, so
    the kerning is a file of its own: a line "lefts, rights, thousandths of an em", parted by tabs.
    """
    font = copy.deepcopy(font)
    font.flavor = None
    font.save(CARDS / f"BeVietnamPro-{weight}.ttf")
    lines = []
    for lefts in _classes({name: tuple(sorted(row.items())) for name, row in kerning.items()}):
        values: dict[int, list[str]] = {}
        for right, value in kerning[lefts[0]].items():
            values.setdefault(value, []).append(right)
        lines += [f"{_chars(lefts)}\t{_chars(rights)}\t{value}" for value, rights in sorted(values.items())]
    (CARDS / f"BeVietnamPro-{weight}.kern").write_text("\n".join(lines) + "\n")
    (CARDS / "characters.txt").write_text("".join(char for char in WANTED if char not in " \u00a0") + "\n")


def _chars(names: list[str]) -> str:
    return "".join(chr(int(name[1:], 16)) for name in names)


def main(package: Path) -> None:
    """Make all files."""
    WEB.mkdir(parents=True, exist_ok=True)
    CARDS.mkdir(parents=True, exist_ok=True)
    for weight, web in ((400, True), (700, True), (800, False)):
        source = Source(package, weight)
        font, names = build(source)
        kerning = _matrix(source, names)
        if web:
            full = copy.deepcopy(font)
            addOpenTypeFeaturesFromString(full, _features(source, names, kerning))
            save_web(full, weight)
        save_card(font, weight, kerning)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
