"""Which keys an action answers to: the catalogue's, or those that the user chose instead."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from briefpack.desktop.actions.catalogue import ALL
from briefpack.desktop.actions.spec import ActionSpec

Chosen = Mapping[str, tuple[str, ...]]
"""By an action's id the keys that the user gave it, in Qt's portable notation; none at all is a choice, too."""

_Standard = QKeySequence.StandardKey
_TYPING = (
    _Standard.MoveToNextChar, _Standard.MoveToPreviousChar, _Standard.MoveToNextWord, _Standard.MoveToPreviousWord,
    _Standard.MoveToNextLine, _Standard.MoveToPreviousLine, _Standard.MoveToStartOfDocument, _Standard.MoveToEndOfDocument,
    _Standard.SelectNextWord, _Standard.SelectPreviousWord, _Standard.SelectStartOfDocument,
    _Standard.SelectEndOfDocument, _Standard.DeleteStartOfWord, _Standard.DeleteEndOfWord, _Standard.SelectAll,
)  # fmt: skip
"""What the document itself answers to: an action on these keys would take typing from the user."""

_FUNCTION_KEYS = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)


def keys_of(spec: ActionSpec, chosen: Chosen) -> tuple[str, ...]:
    """The keys that an action answers to, in Qt's portable notation."""
    return chosen.get(spec.id, spec.shortcuts)


def holder(keys: str, chosen: Chosen) -> ActionSpec | None:
    """The action that answers to these keys now."""
    return next((spec for spec in ALL if any(_same(keys, each) for each in keys_of(spec, chosen))), None)


def refused(keys: str) -> str:
    """Why no action may have these keys; empty where one may. Needs the application: systems differ in their keys."""
    sequence = QKeySequence(keys)
    if sequence.isEmpty():
        return "Press the keys together, for example Ctrl and a letter."
    pressed = sequence[0]  # type: ignore[index]  # the stubs lack what Qt has
    held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    if not held and pressed.key() not in _FUNCTION_KEYS:
        return "These keys type. A shortcut needs Ctrl or Alt, or is one of F1 to F12."
    if any(_same(keys, each.toString()) for kind in _TYPING for each in QKeySequence.keyBindings(kind)):
        return "These keys move in the document, select or delete in it."
    return ""


def with_keys(chosen: Chosen, spec: ActionSpec, keys: str) -> dict[str, tuple[str, ...]]:
    """The user's choices after giving an action these keys, which whatever had them loses; "" leaves it without."""
    made = dict(chosen)
    held = holder(keys, chosen) if keys else None
    if held is not None and held is not spec:
        made[held.id] = tuple(each for each in keys_of(held, chosen) if not _same(keys, each))
    made[spec.id] = (keys,) if keys else ()
    return changed(made)


def without_choice(chosen: Chosen, spec: ActionSpec) -> dict[str, tuple[str, ...]]:
    """The user's choices with the catalogue's keys for this action again, which whatever had them loses."""
    made = {name: keys for name, keys in chosen.items() if name != spec.id}
    for other in ALL:
        if other is not spec and any(_same(a, b) for a in keys_of(other, made) for b in spec.shortcuts):
            kept = (each for each in keys_of(other, made) if not any(_same(each, own) for own in spec.shortcuts))
            made[other.id] = tuple(kept)
    return changed(made)


def changed(chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """Only the choices that differ from the catalogue, of actions that there are."""
    declared = {spec.id: spec.shortcuts for spec in ALL}
    return {name: keys for name, keys in chosen.items() if name in declared and keys != declared[name]}


def shown(keys: tuple[str, ...]) -> str:
    """Keys as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(each).toString(form) for each in keys)


def _same(one: str, other: str) -> bool:
    return QKeySequence(one) == QKeySequence(other)
