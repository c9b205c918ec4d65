"""A colleague who opens a Word file in LibreOffice, edits it through its own interface (UNO), and saves it as .docx.

The steps run in the Python that LibreOffice's bindings belong to, which is the system's: this file is both what tests
import and what that Python runs.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"])
    try:
        desktop = _connected(pipe)
        document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (_property("Hidden", True),))
        document.RecordChanges = job["tracking"]
        for step in job["steps"]:
            _do(document, step, job["author"])
        document.storeToURL(Path(job["out"]).as_uri(), (_property("FilterName", "MS Word 2007 XML"),))
        document.close(True)
        desktop.terminate()
        office.wait(30)
    finally:
        office.kill()


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


def _do(document, step, author):
    if step[0] in {"accept all", "reject all"}:
        _settle_all(document, step[0])
        return
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = step[1], True
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"no such words: {step[1]}")
    if step[0] == "comment":
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content, note.Author = step[2], author
        found.Text.insertTextContent(found, note, True)
    elif step[0] == "replace":
        found.String = step[2]
    elif step[0] == "insert after":
        found.Text.insertString(found.End, step[2], False)
    elif step[0] == "delete":
        found.String = ""
    else:
        raise SystemExit(f"no such step: {step[0]}")


if __name__ == "__main__":
    _work(json.load(sys.stdin))
