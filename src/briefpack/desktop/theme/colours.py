"""The window's colours, light and dark, each also with high contrast, and the palettes made of them."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True)
class Colours:
    """Every colour by what it is for, as #rrggbb. Words on their ground have a contrast of at least 4.5 to 1.

    With high contrast it is 7 to 1, and of lines, borders and focus 3 to 1.
    """

    window: str
    base: str
    desk: str
    raised: str
    hover: str
    pressed: str
    line: str
    field_line: str
    handle: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    selection: str
    selected_text: str
    hit: str
    current_hit: str
    comment: str
    good: str
    warning: str
    bad: str
    toast: str
    on_toast: str

    def named(self) -> dict[str, str]:
        """Each colour under its name, for the style sheet."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


LIGHT = Colours(
    window="#f4f5f7",
    base="#ffffff",
    desk="#e9ebee",
    raised="#ffffff",
    hover="#e8ebf0",
    pressed="#dbe0e8",
    line="#dfe3e8",
    field_line="#b9c0ca",
    handle="#c9cfd7",
    text="#1c2128",
    muted="#59636e",
    faint="#8b949e",
    accent="#1f5fa6",
    on_accent="#ffffff",
    selection="#cfe2f8",
    selected_text="#12253c",
    hit="#ffeeb0",
    current_hit="#ffce5c",
    comment="#fdf3d2",
    good="#1b6e3c",
    warning="#8a5a00",
    bad="#b3261e",
    toast="#2b3038",
    on_toast="#f4f5f7",
)

DARK = Colours(
    window="#1d2025",
    base="#24282e",
    desk="#17191c",
    raised="#2b3037",
    hover="#333941",
    pressed="#3d444e",
    line="#363c45",
    field_line="#5a636f",
    handle="#4a525d",
    text="#e4e7eb",
    muted="#a3acb8",
    faint="#737d89",
    accent="#82b4f2",
    on_accent="#10243d",
    selection="#264062",
    selected_text="#f3f7fc",
    hit="#5b4b16",
    current_hit="#765c0d",
    comment="#3d3723",
    good="#78c996",
    warning="#e3b65a",
    bad="#f28b82",
    toast="#e4e7eb",
    on_toast="#1d2025",
)

HIGH_LIGHT = Colours(
    window="#ffffff",
    base="#ffffff",
    desk="#ffffff",
    raised="#ffffff",
    hover="#e0e8ff",
    pressed="#c8d6ff",
    line="#5a5a5a",
    field_line="#000000",
    handle="#404040",
    text="#000000",
    muted="#2b2b2b",
    faint="#4d4d4d",
    accent="#00309c",
    on_accent="#ffffff",
    selection="#b5ccff",
    selected_text="#000000",
    hit="#ffe680",
    current_hit="#ffc933",
    comment="#fff3c4",
    good="#00501e",
    warning="#5c3a00",
    bad="#8c0000",
    toast="#000000",
    on_toast="#ffffff",
)

HIGH_DARK = Colours(
    window="#000000",
    base="#000000",
    desk="#000000",
    raised="#000000",
    hover="#1a2a4d",
    pressed="#24396b",
    line="#b0b0b0",
    field_line="#ffffff",
    handle="#d0d0d0",
    text="#ffffff",
    muted="#e0e0e0",
    faint="#c0c0c0",
    accent="#8fc7ff",
    on_accent="#000000",
    selection="#173a68",
    selected_text="#ffffff",
    hit="#4d3d00",
    current_hit="#664f00",
    comment="#332900",
    good="#7dffab",
    warning="#ffd466",
    bad="#ffaaa3",
    toast="#ffffff",
    on_toast="#000000",
)

SETS = (LIGHT, DARK, HIGH_LIGHT, HIGH_DARK)


def colours_of(palette: QPalette) -> Colours:
    """The set of colours that a palette was made of; of a palette of somebody else, dark where its windows are."""
    window = palette.color(QPalette.ColorRole.Window)
    known = {colours.window: colours for colours in SETS}
    return known.get(window.name(), DARK if window.lightness() < 128 else LIGHT)


def palette_of(colours: Colours) -> QPalette:
    """Qt's palette made of a set of colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.window,
        role.ToolTipBase: colours.toast,
        role.ToolTipText: colours.on_toast,
        role.PlaceholderText: colours.muted,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.Light: colours.raised,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.field_line,
        role.Shadow: colours.field_line,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.selected_text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
    }.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.faint))
    return palette
