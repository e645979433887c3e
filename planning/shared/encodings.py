"""In which encoding was a text file written? Decided over all bytes at hand, with a reason.

A byte order mark settles it; bytes that are valid UTF-8 are UTF-8; else it is one of the two that finance systems still
write, Windows' cp1252 or the old Mac Roman, whichever gives the more likely letters.
"""

import codecs

MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
LETTERS = set("éèêëáàâäãåçñóòôöõøúùûüíìîïßæœÉÈÁÀÄÅÇÑÓÖØÚÜÆŒ")
MARKS_OF_PRINT = set("£€–—‘’“”…•·§°´½¼¾×®™©\u00a0")
NAMES = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",
    "mac_roman": "mac_roman",
    "mac-roman": "mac_roman",
    "macroman": "mac_roman",
    "macintosh": "mac_roman",
    "mac roman": "mac_roman",
}


def known(name: str) -> str | None:
    """Our name of an encoding somebody wrote, or None."""
    return NAMES.get(str(name).strip().lower())


def detect(data: bytes, whole: bool = True) -> tuple[str, bool]:
    """(encoding, whether it is certain). `whole` False: `data` is the beginning of a longer file."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, True
    if _is_utf8(data, whole):
        return "utf-8", True
    return _single_byte(data)


def _is_utf8(data, whole):
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(data):
    scores = {name: _likelihood(data, name) for name in ("cp1252", "mac_roman")}
    best = "mac_roman" if scores["mac_roman"] > scores["cp1252"] else "cp1252"
    return best, abs(scores["mac_roman"] - scores["cp1252"]) > 0 or _same_either_way(data)


def _likelihood(data: bytes, name: str) -> float:
    """Letters inside words and marks of print count for an encoding; anything else that is not ASCII, against it."""
    try:
        text = f" {data.decode(name)} "
    except UnicodeDecodeError:
        return -3.0 * len(data)
    return sum(_plausible(*text[place - 1 : place + 2]) for place, letter in enumerate(text) if letter > "\x7f")


def _plausible(before: str, letter: str, after: str) -> float:
    if letter in MARKS_OF_PRINT:
        return 1.5
    return 1 if letter in LETTERS and (before.isalpha() or after.isalpha()) else -2


def _same_either_way(data):
    high = bytes({byte for byte in data if byte > 127})
    return high.decode("cp1252", "replace") == high.decode("mac_roman", "replace")
