from briefpack.desktop.editor.wording import as_html, as_text, object_words
from briefpack.pack.edits import Fragment
from briefpack.pack.model import Biography, Image, MeetingDetails, PageBreak, Person, Table
from briefpack.pack.text import text
from tests.desktop.editor.samples import rich

OBJECT = "\ufffc"


def test_objects_in_words():
    ada = Person(name="Ada Bell")
    assert object_words(Biography(person=ada.id), (ada,)) == "Biography: Ada Bell"
    assert object_words(Biography(person="x"), ()) == "Biography: unnamed"
    assert object_words(Table(rows=((text("a"), text("b")),)), ()) == "Table: 1 row, 2 columns"
    assert object_words(Image(media="m", alt="A map"), ()) == "Picture: A map"
    assert object_words(MeetingDetails(), ()) == "Meeting details"
    assert object_words(PageBreak(), ()) == "Page break"


def test_a_copy_as_text_holds_words_for_objects():
    pack = rich()
    said = as_text(Fragment(pack.body, pack.comments, pack.clips, pack.people))
    assert "[Biography: Owen Marsh]\n• Led the Forum since 2019." in said
    assert "[Page break]" in said
    assert "Year\tGrant\tPaid" in said
    assert "• We will publish" in said
    assert OBJECT not in said


def test_a_copy_as_html_escapes_and_nests():
    pack = rich()
    html = as_html(Fragment(pack.body, (), (), pack.people))
    assert "<ul><li>We will publish the delivery plan before the summer recess</li>" in html
    assert "paid in two parts.</li><ul><li>in June" in html
    assert "in November.</li></ul></ul>" in html
    assert '<a href="https://example.org/harbour">' in html
    assert "Forum&#x27;s" not in html  # the meeting card is named, not spelled out
    assert html.count("<ul>") == html.count("</ul>")
