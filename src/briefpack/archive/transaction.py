"""Transactions that write."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw


@contextmanager
def writing(connection: apsw.Connection) -> Iterator[None]:
    """A transaction that writes: nobody else writes from its beginning on, and it is there whole or not at all."""
    connection.transaction_mode = "IMMEDIATE"
    try:
        with connection:
            yield
    finally:
        connection.transaction_mode = "DEFERRED"
