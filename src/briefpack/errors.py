"""The one error that a user may see.

Everything a user, a file or the machine can cause is raised as a :class:`UserError`: what is wrong, where, and what to
do about it. It is shown as it stands, never as a traceback. Any other exception is a bug.
"""

from pathlib import Path


class UserError(Exception):
    """Something is wrong that the user can understand and act on.

    Args:
        what: what is wrong, as a sentence without its full stop ("This is not a Word file").
        where: the file, place or field that it concerns; shown before the sentence.
        do: what the user can do about it, as a sentence without its full stop.
    """

    def __init__(self, what: str, *, where: str | Path | None = None, do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = str(where) if where is not None else ""
        self.do = do

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process border whole: readers run in a child process."""
        return (_rebuild, (type(self), self.what, self.where, self.do))

    def __str__(self) -> str:
        """Everything on one line, as the command line prints it."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.do}." if self.do else ""
        return f"{place}{self.what}.{remedy}"


def _rebuild(kind: type[UserError], what: str, where: str, do: str) -> UserError:
    error = kind.__new__(kind)
    UserError.__init__(error, what, where=where or None, do=do)
    return error


class Cancelled(Exception):  # noqa: N818 - it is not an error: the user asked for it
    """The user cancelled a job; whatever it was doing has been left as it was before."""
