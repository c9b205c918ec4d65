"""A colleague who opens a Word file in LibreOffice, edits it through its own interface (UNO), and saves it as .docx.

The steps run in the Python that LibreOffice's bindings belong to, which is the system's: this file is both what tests
import and what that Python runs.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_MOMENT = [time.time()]
_OFFICE = []
"""The component context of the LibreOffice that runs, in the process that does the steps."""

SYSTEM_PYTHON = "/usr/bin/python3"


def review(docx, steps, *, author="Gita Mistry", tracking=True):
    """The bytes of a Word file after a reviewer's steps.

    Each step is a list: ``["comment", words, text]`` puts a comment on the first place of ``words``;
    ``["replace", words, new]`` types over it; ``["insert after", words, new]`` and ``["delete", words]`` speak for
    themselves; ``["accept all"]`` and ``["reject all"]`` settle all tracked changes. With ``tracking`` the edits are
    tracked changes.
    """
    import pytest

    office = shutil.which("soffice")
    if office is None or subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("LibreOffice with its Python bindings (python3-uno) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "sent.docx"), Path(folder, "returned.docx")
        source.write_bytes(docx)
        job = {"office": office, "source": str(source), "out": str(out), "steps": steps, "author": author}
        done = subprocess.run(
            [SYSTEM_PYTHON, __file__],
            input=json.dumps(job | {"tracking": tracking, "folder": folder}),
            capture_output=True,
            encoding="utf-8",
            timeout=180,
        )
        if done.returncode:
            raise AssertionError(f"the reviewer failed: {done.stderr[-2000:]}")
        return out.read_bytes()


def _work(job):
    """Start LibreOffice with a profile of its own, do the steps, save, and end it. Runs in the system's Python."""
    pipe = f"review{time.time_ns()}"
    profile = Path(job["folder"], "profile").as_uri()
    command = [job["office"], f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
    quiet = subprocess.DEVNULL  # a program that lives on must not hold the pipes that the test reads to their end
    office = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"], stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        desktop = _connected(pipe)
        _call_oneself(job["author"])
        hidden = _property("Hidden", True)
        document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (hidden,))
        document.RecordChanges = job["tracking"]
        for step in job["steps"]:
            _do(document, step, job["author"])
        document.storeToURL(Path(job["out"]).as_uri(), (_property("FilterName", "MS Word 2007 XML"),))
        document.close(True)
        desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(10)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)  # the starter and the program itself


def _connected(pipe):
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _ in range(300):
        try:
            context = resolver.resolve(address)
        except Exception:  # noqa: BLE001 - the bindings raise a class of their own making
            time.sleep(0.1)
        else:
            _OFFICE.append(context)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit("LibreOffice did not answer")


def _property(name, value):
    from com.sun.star.beans import PropertyValue

    wanted = PropertyValue()
    wanted.Name, wanted.Value = name, value
    return wanted


def _settle_all(document, step):
    """Accept or reject all tracked changes, as the commands of the menu do."""
    command = ".uno:AcceptAllTrackedChanges" if step == "accept all" else ".uno:RejectAllTrackedChanges"
    document.CurrentController.Frame.queryDispatch(_url(command), "_self", 0).dispatch(_url(command), ())


def _url(command):
    from com.sun.star.util import URL

    made = URL()
    made.Complete, made.Main, made.Protocol, made.Path = command, command, ".uno:", command.removeprefix(".uno:")
    return made


def _call_oneself(author):
    """Have LibreOffice sign tracked changes with this name."""
    provider = _service("com.sun.star.configuration.ConfigurationProvider")
    place = _property("nodepath", "/org.openoffice.UserProfile/Data")
    data = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
    given, _, family = author.rpartition(" ")
    data.givenname, data.sn = given, family
    data.commitChanges()


def _service(name):
    return _OFFICE[0].ServiceManager.createInstanceWithContext(name, _OFFICE[0])


def _command(document, name, **values):
    """What a menu or key would do, at the cursor of the view."""
    arguments = tuple(_property(key, value) for key, value in values.items())
    frame = document.CurrentController.Frame
    _service("com.sun.star.frame.DispatchHelper").executeDispatch(frame, name, "", 0, arguments)


def _found(document, words):
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"no such words: {words}")
    return found


def _select_paragraph(document, words, whole):
    """Select the paragraph that has these words, with its end if ``whole``."""
    found = _found(document, words)
    cursor = found.Text.createTextCursorByRange(found.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    if whole:
        cursor.goRight(1, True)
    document.CurrentController.select(cursor)
    return cursor


def _do_at_large(document, kind, said):
    """Do a step that is at no words of the text; whether it was one."""
    if kind == "tracking":
        document.RecordChanges = said[0]
    elif kind in {"accept all", "reject all"}:
        _command(document, f".uno:{kind.split()[0].capitalize()}AllTrackedChanges")
    elif kind == "resolve":
        fields = document.TextFields.createEnumeration()
        while fields.hasMoreElements():
            field = fields.nextElement()
            if field.supportsService("com.sun.star.text.textfield.Annotation") and field.Content == said[0]:
                field.Resolved = True
                return True
        raise SystemExit(f"no such comment: {said[0]}")
    else:
        return False
    return True


def _do(document, step, author):
    kind, *said = step
    if _do_at_large(document, kind, said):
        return
    found = _found(document, said[0])
    text = found.Text
    if kind in {"comment", "comment over"}:
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content, note.Author, note.Initials = said[-1], author, "".join(word[0] for word in author.split())
        note.DateTimeValue = _now()
        if kind == "comment over":
            cursor = text.createTextCursorByRange(found.Start)
            cursor.gotoRange(_found(document, said[1]).End, True)
            found = cursor
        text.insertTextContent(found, note, True)
    elif kind == "replace":
        found.String = said[1]
    elif kind == "insert after":
        text.insertString(found.End, said[1], False)
    elif kind == "insert before":
        text.insertString(found.Start, said[1], False)
    elif kind == "delete":
        found.String = ""
    elif kind == "bold":
        found.CharWeight = 150.0
    else:
        _do_to_paragraph(document, kind, said, found)


def _do_to_paragraph(document, kind, said, found):
    text = found.Text
    if kind == "split":
        text.insertControlCharacter(found.Start, 0, False)
    elif kind == "new paragraph":
        cursor = text.createTextCursorByRange(found.End)
        cursor.gotoEndOfParagraph(False)
        text.insertControlCharacter(cursor, 0, False)
        text.insertString(cursor, said[1], False)
    elif kind == "join":
        cursor = text.createTextCursorByRange(found.End)
        cursor.gotoEndOfParagraph(False)
        cursor.goRight(1, True)
        cursor.String = ""
    elif kind == "delete paragraph":
        _select_paragraph(document, said[0], whole=True).String = ""
    elif kind == "move up":
        _select_paragraph(document, said[0], whole=False)
        _command(document, ".uno:MoveUp")
    elif kind == "move":
        _select_paragraph(document, said[0], whole=True)
        _command(document, ".uno:Cut")
        there = _found(document, said[1])
        cursor = there.Text.createTextCursorByRange(there.Start)
        cursor.gotoStartOfParagraph(False)
        document.CurrentController.ViewCursor.gotoRange(cursor, False)
        _command(document, ".uno:Paste")
    else:
        raise SystemExit(f"no such step: {kind}")


def _now():
    from com.sun.star.util import DateTime

    _MOMENT[0] += 61  # no two comments are of one time
    now = time.gmtime(_MOMENT[0])
    made = DateTime()
    made.Year, made.Month, made.Day = now.tm_year, now.tm_mon, now.tm_mday
    made.Hours, made.Minutes, made.Seconds = now.tm_hour, now.tm_min, now.tm_sec
    return made


if __name__ == "__main__":
    _work(json.load(sys.stdin))
