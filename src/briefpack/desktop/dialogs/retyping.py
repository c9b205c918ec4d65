"""Plain words typed over rich text in a form: what did not change keeps its marks."""

from difflib import SequenceMatcher

from briefpack.pack.text import Text, text


def retyped(old: Text, new: str) -> Text:
    """``old`` with its words made ``new``. Marks outside the stretch that differs stay where they were."""
    words = text(new).string
    if words == old.string:
        return old
    room = min(len(old), len(words))
    head = next((at for at in range(room) if old.string[at] != words[at]), room)
    tail = next((at for at in range(room - head) if old.string[-1 - at] != words[-1 - at]), room - head)
    while head and not old.string[head - 1].isspace() and _slides(old.string, words, head, tail):
        head, tail = head - 1, tail + 1
    return old.replace(head, len(old) - tail, text(words[head : len(words) - tail]))


def _slides(old: str, new: str, head: int, tail: int) -> bool:
    """Whether what was put in or taken out may as well have been so one character earlier: at the start of its word."""
    longer = old if len(old) > len(new) else new
    return len(old) != len(new) and head + tail == min(len(old), len(new)) and longer[head - 1] == longer[-1 - tail]


def retyped_lines(old: tuple[Text, ...], new: str) -> tuple[Text, ...]:
    """Several texts, edited as one line each, with the marks of the lines that they came from; empty lines are dropped."""
    lines = [line.strip() for line in new.split("\n") if line.strip()]
    before = [each.string.replace("\n", " ") for each in old]
    result: list[Text] = []
    for what, a, b, c, d in SequenceMatcher(None, before, lines, autojunk=False).get_opcodes():
        if what == "equal":
            result.extend(old[a:b])
        else:
            result.extend(
                retyped(old[a + at], lines[c + at]) if a + at < b else text(lines[c + at]) for at in range(d - c)
            )
    return tuple(result)
