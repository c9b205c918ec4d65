"""How many actions a piece of work takes at the keyboard.

One action is what a hand does at once: a key, alone or with others held; a run of words typed; a run of one key pressed
again and again. Reading, thinking and composing are none. A mouse is not used.
"""


class Keyboard:
    """Presses keys on a screen and counts them by the step of the work that they belong to.

    Args:
        screen: the screen, which has ``press`` and ``type``.
    """

    def __init__(self, screen):
        self._screen = screen
        self._step = ""
        self.counts = {}
        """Actions by step, in the order in which the steps began."""

    def begin(self, step):
        """What is pressed from now on belongs to this step."""
        self._step = step
        self.counts.setdefault(step, 0)

    def press(self, *keys):
        """Press keys one after the other; each is an action, but the same again belongs to the one before."""
        self.counts[self._step] += sum(key != before for before, key in zip(("", *keys), keys, strict=False))
        self._screen.press(*keys)

    def type(self, words):
        """Type words: one action."""
        self.counts[self._step] += 1
        self._screen.type(words)

    @property
    def total(self):
        """All actions."""
        return sum(self.counts.values())
