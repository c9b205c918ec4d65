"""Between Qt's positions, which count UTF-16 units, and the pack's, which count code points."""


def length(string: str) -> int:
    """How many UTF-16 units a string takes."""
    if string.isascii():
        return len(string)
    return len(string) + sum(character > "\uffff" for character in string)


def to_units(string: str, offset: int) -> int:
    """The UTF-16 offset of a code point offset."""
    return offset if string.isascii() else length(string[:offset])


def to_points(string: str, units: int) -> int:
    """The code point offset of a UTF-16 offset; one inside a surrogate pair is moved before it."""
    if string.isascii():
        return min(units, len(string))
    passed = 0
    for offset, character in enumerate(string):
        passed += 1 + (character > "\uffff")
        if passed > units:
            return offset
    return len(string)
