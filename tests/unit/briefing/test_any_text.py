"""Any text at all: it is read or refused, and no letter of it is lost or invented."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefpack.briefing.plaintext import import_text
from briefpack.errors import UserError
from tests.helpers.accounting import characters, unaccounted

_SIGNS = (
    *"""Date: 18/03/2020
Date: tomorrow
From: NR
To: the minister
Attendees: Ada Byrne, NR and Bo Lund (chair)
Attendees: Officials: Ada Byrne; Bo Lund, Director, Ports
Attendees:
Objectives
Purpose of meeting: to talk
OFFICIAL - SENSITIVE
MEETING WITH THE HARBOUR BOARD
**Meeting with the
Harbour Board**
Annotated agenda
Background
Annex A: Biographies
- **Fares – Lines to take**
- a line about fares
  - a point beneath
1. first
2. second
3) third
7. a stray number
I. PURPOSE
1. Introduction
1.2 Scope
# A title
### Deeper
> said somebody
Next steps:
Lines to take
If pressed:
Commented [GM1]: check this
Commented [AB2R1]: done
Comment [3]:
a\tb
c\td
| x | y |
|---|---|
---
===
<ul> • <u>Ada Byrne, Chair, Harbour Board</u> • Likes boats • Was chair
<b>bold</b> and <br/> more &amp; &foo;
a sentence that goes on and on without an end
and ends here.
o round
  o round bullet
*it* _is_ __so__ **
[words](https://example.org/a_b)
Ada Byrne, Chair
\\*escaped\\*
**To note:** boats""".splitlines(),
    "",
    "",
    "\f",
)

_lines = st.one_of(st.sampled_from(_SIGNS), st.text(max_size=40))


@given(st.lists(_lines, min_size=1, max_size=25).map("\n".join))
def test_nothing_is_lost_or_invented(source: str) -> None:
    try:
        imported = import_text(source, "a.txt")
    except UserError:
        return
    lost, invented = unaccounted(source, imported)
    assert not lost
    shared = characters([person.organisation for person in imported.pack.people])  # said once, it may hold for several
    assert invented.keys() <= shared.keys()


def test_the_accounting_notices_a_lost_and_an_invented_letter() -> None:
    imported = import_text("Annotated agenda\n\n- fares", "a.txt")
    assert unaccounted("Annotated agenda\n\n- faresX", imported)[0] == {"X": 1}
    assert unaccounted("Annotated agenda\n\n- fare", imported)[1] == {"s": 1}


@pytest.mark.parametrize("source", ["", " \n\t\n", "\ufeff", "\0PNG", "PK\x03\x04\x14\x01\x02 some \x05\x06"])
def test_what_is_no_text_is_refused(source: str) -> None:
    with pytest.raises(UserError, match=r"a\.txt"):
        import_text(source, "a.txt")
