"""Markup that cannot be broken by what is put into it."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tracker.reports import html_page, markdown_page
from tracker.reports.document import Inline, Paragraph, Section, fill
from tracker.reports.html_page import Safe, escaped_text, joined, printable, tag


class Heard(HTMLParser):
    """What a reader of HTML makes of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def heard(markup: str) -> Heard:
    reader = Heard()
    reader.feed(markup)
    reader.close()
    return reader


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b & c", tag("b", "d")) == "<p>a &lt; b &amp; c<b>d</b></p>"
    assert joined(["<", Safe("<br>")], " & ") == "&lt; &amp; <br>"


def test_attributes_are_named_and_left_out() -> None:
    assert tag("a", class_="x", aria_label='say "hi"', hidden=True, dir=None, open=False) == (
        '<a class="x" aria-label="say &quot;hi&quot;" hidden></a>'
    )
    assert tag("meta", name="viewport", content="1") == '<meta name="viewport" content="1">'


def test_what_no_page_may_hold() -> None:
    assert printable("a\x00b\x1b[31mc\x85\ufffe") == "a b [31mc "
    assert printable("a\r\nb\rc\td") == "a\nb\nc\td"
    assert printable("\ud800") == "\ufffd"
    assert printable("\u200fעברית é 👩‍👧") == "עברית é 👩‍👧"


def test_places_are_filled_once_and_a_text_of_the_user_keeps_its_direction() -> None:
    section = Section("A", [Paragraph(fill("If {cue}, {plan}.", cue=Inline("own", "<{plan}>"), plan="*go*"))])
    assert html_page.render_section(section).endswith("<p>If <bdi>&lt;{plan}&gt;</bdi>, *go*.</p></section>")
    assert markdown_page.render_section(section).endswith("If \\<{plan}\\>, \\*go\\*.")


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_again(words: str) -> None:
    said = heard(tag("p", words, title=words))
    assert said.tags == ["p"]
    assert said.text == printable(words)
    assert said.attributes == [("title", printable(words))]
    assert "<" not in escaped_text(words)
