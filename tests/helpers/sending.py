"""Pack files that were sent to reviewers, without a disk."""

import datetime as dt
import hashlib

from msgspec.structs import replace

from briefpack.pack.model import Issue, SentFile
from briefpack.packfile import new_file
from briefpack.tasks.exporting import Request, rendered
from briefpack.tasks.reviewing import take_back

NOW = dt.datetime(2031, 3, 12, 16, 5, tzinfo=dt.UTC)


def sent(pack, media=None, *, number="0.1", recipient="", file=None):
    """A pack file with one more issue in it, and the bytes that were sent."""
    file = file or new_file(pack, media)
    data = rendered(file, ".docx", Request(copy="reviewers"), now=NOW, issue=number, recipient=recipient)
    digest = hashlib.sha256(data).hexdigest()
    issue = Issue(number, NOW, (SentFile(f"brief {number}.docx", digest, recipient, "reviewers"),))
    kept = replace(file.pack, issues=(*file.pack.issues, issue))
    return replace(file, pack=kept, issued={**file.issued, digest: data}), data


def taken(file, *copies):
    """Copies taken back: each its bytes, or a name and its bytes."""
    named = [each if isinstance(each, tuple) else (f"{number}.docx", each) for number, each in enumerate(copies)]
    return take_back(file, named, now=NOW)


def texts(pack):
    """The words of the paragraphs of a pack that have any."""
    return [block.text.string for block in pack.body if hasattr(block, "text") and block.text.string]


def told(review):
    """The items of a review in short."""
    return [(item.kind.value, item.author, item.before, item.after) for item in review.items]
