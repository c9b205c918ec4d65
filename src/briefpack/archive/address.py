"""Where a shared archive is: an address of PostgreSQL, and the same without what nobody else may see."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

SCHEMES = ("postgresql://", "postgres://")
_SECRET = frozenset({"password", "sslpassword", "passfile", "oauth_client_secret"})


def is_address(text: object) -> bool:
    """Whether a text means a shared archive, rather than a folder."""
    return isinstance(text, str) and text.strip().startswith(SCHEMES)


def shown(address: str) -> str:
    """An address without its password: what is shown, remembered and logged."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # brackets that are no host; nothing of it can be told apart from a password
        return SCHEMES[0] + "…"
    user, at, hosts = parts.netloc.rpartition("@")
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in _SECRET]
    query = urlencode(kept, quote_via=quote)
    return urlunsplit((parts.scheme, user.partition(":")[0] + at + hosts, parts.path, query, ""))


def with_password(address: str, password: str) -> str:
    """An address with a password; without one the address as it is."""
    if not password:
        return address
    parts = urlsplit(address)
    user, at, hosts = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}:{quote(password, safe='')}{at or '@'}{hosts}"
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))


def named(address: str) -> str:
    """What a shared archive is called in a line of text: its database and its server."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "shared archive"
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    database = parts.path.strip("/")
    return f"{database} on {host}" if database and host else database or host or "shared archive"
