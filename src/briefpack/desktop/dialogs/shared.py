"""The address of a shared archive, tried before it is taken."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QLineEdit, QWidget

from briefpack.archive.address import is_address, with_password
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.widgets.parts import label
from briefpack.errors import UserError

_HELP = (
    "Your department’s archive is on a PostgreSQL server; whoever looks after it knows the address. "
    "Where your account needs a password, it is used while Briefpack runs and not kept: put it into a pgpass file to be "
    "let in without being asked."
)


_WIDTH = 560


class Tried(NamedTuple):
    """A shared archive that could be opened."""

    name: str
    documents: int
    read_only: bool


def try_address(address: str) -> Tried:
    """Open a shared archive to see that it can be. UserError where it cannot."""
    from briefpack.archive.shared.archive import SharedArchive

    with SharedArchive.open_at(address) as archive:
        if archive.offline:
            raise UserError(archive.offline, do="Check the network")
        return Tried(archive.name, archive.stats().documents, archive.read_only)


class SharedArchiveDialog(Form):
    """Asks for the address of a shared archive.

    Args:
        address: what the form begins with.
        parent: the window.
        attempt: opens an archive; raises UserError where it cannot be.
    """

    def __init__(
        self, address: str, parent: QWidget | None = None, attempt: Callable[[str], Tried] = try_address
    ) -> None:
        super().__init__("Open shared archive", "Open", parent)
        self._attempt = attempt
        self._worker = Worker("archive-try", self)
        self._job: Job | None = None
        self._failed = ""
        self._tried = ""
        self.content.insertWidget(0, label(_HELP, "muted", wrap=True))
        self.address = self.line("Address", address, "postgresql://name@server/database")
        self.password = self.line("Password", "", "Only where one is asked for")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.resize(_WIDTH, 0)
        self.check()

    @classmethod
    def ask(cls, address: str, parent: QWidget) -> str | None:
        """The address of a shared archive that can be opened, with the password where one was given; or None."""
        dialog = cls(address, parent)
        return dialog.answer() if dialog.asked() else None

    def answer(self) -> str:
        """The address, with the password."""
        return with_password(self.address.text().strip(), self.password.text())

    def problem(self) -> str:
        """What is wrong with what is typed, or why the archive could not be opened."""
        if self._job is not None:
            return "Trying it…"
        typed = self.address.text().strip()
        if not typed:
            return "Write the address of the archive."
        if not is_address(typed):
            return "An address begins with postgresql://"
        return self._failed if self.answer() == self._tried else ""

    def check(self) -> None:
        """Say what is wrong, and make room for it: words that wrap do not by themselves."""
        super().check()
        if (layout := self.layout()) is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(max(self.width(), _WIDTH)))

    def accept(self) -> None:
        """Try the address, and close the form where it is good."""
        if self._job is not None:
            return
        address, attempt = self.answer(), self._attempt

        def work(_task: Task) -> Tried:
            return attempt(address)

        self._tried, self._failed = address, ""
        self._job = self._worker.start(work)
        self._job.succeeded.connect(lambda _tried: self._over(""))
        self._job.failed.connect(lambda error: self._over(_told(error)))
        self._set_busy(True)

    def done(self, result: int) -> None:
        """Close; an attempt that still runs ends by itself and is not waited for longer than a server may take."""
        self._worker.close()
        super().done(result)

    def _over(self, failed: str) -> None:
        self._job, self._failed = None, failed
        self._set_busy(False)
        if failed:
            self.ok.setEnabled(True)  # the server may answer at the next try
            self.address.setFocus()
        else:
            super().accept()

    def _set_busy(self, busy: bool) -> None:
        for field in (self.address, self.password):
            field.setReadOnly(busy)
        self.check()


def _told(error: UserError) -> str:
    return f"{error.what}. {error.do}." if error.do else f"{error.what}."
