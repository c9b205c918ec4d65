"""A watch over the log: a warning that no test announced is a fault."""

import logging
import re
from typing import Self


class LogWatch(logging.Handler):
    """Collects records of WARNING and above while it is entered; calling it announces one that is expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[tuple[re.Pattern[str], int]] = []

    def __call__(self, message: str, level: int = logging.WARNING) -> None:
        """Announce records of ``level`` whose message the pattern ``message`` is found in; at least one must come."""
        self._expected.append((re.compile(message), level))

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    def check(self) -> None:
        """AssertionError for a record that was not announced, and for an announced one that did not come."""
        surprises = [r for r in self.records if not any(_matches(r, *expected) for expected in self._expected)]
        missing = [e for e in self._expected if not any(_matches(r, *e) for r in self.records)]
        said = [f"{r.levelname} {r.name} ({r.pathname}:{r.lineno}): {r.getMessage()}" for r in surprises]
        said += [f"{logging.getLevelName(level)} expected and not logged: {p.pattern}" for p, level in missing]
        if said:
            raise AssertionError("the log says what this test did not expect:\n" + "\n".join(said))


def _matches(record: logging.LogRecord, pattern: re.Pattern[str], level: int) -> bool:
    return record.levelno == level and pattern.search(record.getMessage()) is not None
