"""Texts made to be slow: any amount of whatever the rules look for is read in time, and comes out whole.

Each would take minutes, by far more than the limit, if any rule took time that grows with the square of its input.
"""

from pathlib import Path

import pytest

from briefpack.archive.describe import documents_of
from briefpack.archive.readers import read

SIZE = 300_000
REPEATED = {
    "names": "Aaa Bbb ",
    "names and commas": "Aaa Bbb, ",
    "short lines": "Abc\n\n",
    "headings": "Abc:\n",
    "bullets": "• abc\n",
    "lines of one width": "word " * 12 + "\n",
    "hyphens": "a-",
    "broken tags": "<p ",
    "dates": "31 November 2016 ",
    "quotation marks": "“a",
    "speakers": "Ada Marsh, Chair, said : ",
    "pointers": "the can be x ",
    "links": "View the report ",
    "articles cut short": "Title\nx\nTags assigned to this article:\n",
    "tags": "Tags assigned to this article:\nfoo\n\n",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", REPEATED)
def test_a_text_made_to_be_slow_is_read(name: str) -> None:
    text = "A title\n\nAn opening.\n\n" + REPEATED[name] * (SIZE // len(REPEATED[name]))
    documents = documents_of(read(text.encode(), Path("made.txt")), "made.txt")
    assert sum(len(document.passages) for document in documents) > 0
    assert documents[0].title == "A title"
