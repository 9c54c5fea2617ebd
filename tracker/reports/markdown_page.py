"""Render a document as Markdown: tables, quotations, and charts made of plain text.

A few keys of its figures are the front matter; all of them are folded at its end. Both are YAML with one line for each
key (a list of rows: one line for each row) and JSON as its values, which YAML readers take. Whatever the user wrote is
escaped, so that a pipe in a note opens no column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.domain.text import as_json, clean_lines
from tracker.formatting import plain_text
from tracker.formatting.text import labelled
from tracker.locale import _
from tracker.reports import document as doc

#: What stands before and behind a text of a style; texts of other styles are plain.
_MARKS = {"strong": ("**", "**"), "aside": (" *(", ")*"), **dict.fromkeys(("kept", "not", "open"), ("**", "**"))}

#: Characters that YAML calls unprintable and JSON does not escape.
_UNPRINTABLE = {code: f"\\u{code:04x}" for code in (0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}
#: In JSON: a string, or a number without a decimal point before an exponent, which some YAML readers take for a word.
_STRING_OR_EXPONENT = re.compile(r'"(?:[^"\\]|\\.)*"|(?<![\d.])\d+(?=e)')


#: The line that the figures at the end of a page begin with.
_FOLD = "<details>"


def render(document: doc.Document) -> str:
    """The page, front matter included."""
    blocks = [f"# {document.name} · {document.subtitle}", quotation(document.quotation) if document.quotation else ""]
    blocks += map(render_section, document.sections)
    footer = " · ".join(plain_text.markdown_line(_text(line.text)) for line in document.footer if line.medium != "html")
    blocks += [f"---\n\n*{footer}*", _folded(document.figures)]
    head = front_matter({key: document.figures[key] for key in document.first_keys if key in document.figures})
    return clean_lines(head + "\n" + "\n\n".join(filter(None, blocks)) + "\n")


def render_section(section: doc.Section) -> str:
    """The heading and the blocks; empty where there are none to show."""
    blocks = list(filter(None, map(_block, section.blocks)))
    return "\n\n".join([f"## {section.title}", *blocks]) if blocks else ""


def without_front_matter(page: str) -> str:
    """A written page from its title to its foot; pages of earlier versions have all figures in front."""
    _metadata, end, rest = page.partition("\n---\n")
    shown = rest.lstrip("\n") if end and page.startswith("---\n") else page
    return shown.partition(f"\n\n{_FOLD}\n")[0].rstrip("\n") + "\n"


def _folded(figures: Mapping[str, Any]) -> str:
    """All figures, which viewers of Markdown show when they are asked to. No line of the page but this is `_FOLD`."""
    title = _("All figures of this page")
    return f"{_FOLD}\n<summary>{title}</summary>\n\n```yaml\n{yaml_lines(figures)}\n```\n\n</details>"


def front_matter(figures: Mapping[str, Any]) -> str:
    """The lines from `---` to `---`, both included; no other line is `---`."""
    return f"---\n{yaml_lines(figures)}\n---\n"


def yaml_lines(figures: Mapping[str, Any]) -> str:
    """The figures as YAML; no line of it is `---` or ends a block of code."""
    lines = []
    for key, value in figures.items():
        if isinstance(value, list) and any(isinstance(row, dict | list) for row in value):
            lines += [f"{key}:", *(f"  - {_yaml(row)}" for row in value)]
        else:
            lines.append(f"{key}: {_yaml(value)}")
    return "\n".join(lines)


def _yaml(value: Any) -> str:
    """A value as JSON on one line that YAML readers take for the same value."""
    json = as_json(value).translate(_UNPRINTABLE)
    return _STRING_OR_EXPONENT.sub(lambda match: match[0] if match[0][0] == '"' else f"{match[0]}.0", json)


def quotation(words: str) -> str:
    """The words as a quotation, line by line as they are."""
    return "\n".join(f"> {line}" if line else ">" for line in words.split("\n"))


def _text(text: doc.Text) -> str:
    match text:
        case str():
            return plain_text.escape_markdown(text.replace("\n", " "))
        case tuple():
            return "".join(map(_text, text))
        case doc.ChannelName():
            return plain_text.markdown_line(text.title)
        case doc.Inline(style="own", text=str(own)):
            return plain_text.markdown_line(own)
    before, behind = _MARKS.get(text.style, ("", ""))
    return before + _text(text.text) + behind


def _block(block: doc.Block) -> str:
    """A block as lines; empty where there is nothing to show."""
    match block:
        case doc.RingChart():
            return ""
        case doc.WeekChart():
            return _week_chart(block)
        case doc.HourChart():
            return _picture(plain_text.heatmap(block.days, block.hours, block.first_hour, block.begun))
        case doc.CardList():
            return _cards(block)
    if block.medium == "html":
        return ""
    match block:
        case doc.Paragraph():
            marks = {"lead": "**", "aside": "*"}.get(block.style, "") if block.text else ""
            return marks + _text(block.text) + marks
        case doc.ItemList():
            texts = [_text(item.text) for item in block.items]
            if block.style == "lines":
                return "\n\n".join(texts)
            return "\n".join(
                f"{number}. {text}" if block.style == "numbers" else f"- {text}" for number, text in enumerate(texts, 1)
            )
        case doc.Table():
            return _table(block)
        case doc.BlockGroup():
            return "\n\n".join(filter(None, map(_block, block.blocks)))


def _table(table: doc.Table) -> str:
    shown = [number for number, column in enumerate(table.columns) if column.medium != "html"]
    if not table.rows:
        return ""
    lines = [
        [table.columns[number].title for number in shown],
        [":--", *("--:" for _column in shown[1:])],
        *([_cell(row[number]) for number in shown] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(cell: doc.Cell) -> str:
    match cell:
        case doc.Signs():
            return cell.signs
        case doc.Sparkline():
            return plain_text.sparkline(cell.values, cell.most)
        case doc.IntervalChart():
            return cell.spoken
        case str():
            return _text(cell).replace("\\$", "$")  # an amount; the user's own words are never a bare text here
    return _text(cell)


def _picture(lines: Sequence[str]) -> str:
    """Lines of plain text that stay as they are."""
    return "\n".join(["```text", *lines, "```"])


def _week_chart(chart: doc.WeekChart) -> str:
    """A bar for each day, and below them one for each channel."""
    days = [(day.date, day.seconds, day.spoken if day.state != "ahead" else "") for day in chart.days]
    channels = [(part.title, part.seconds, part.spoken) for part in chart.channels]
    return "\n\n".join(_picture(plain_text.bars(bars)) for bars in (days, channels) if bars)


#: A pattern's state in a week.
_STATES = {"flagged": "▇", "quiet": "▁"}


def _cards(block: doc.CardList) -> str:
    lines = []
    for card in block.cards[: block.most]:
        weeks = "".join(_STATES.get(week.state, plain_text.GAP) for week in card.weeks)
        lines.append("- " + labelled(f"**{_text(card.title)}**", _text(card.text)) + (f" `{weeks}`" if weeks else ""))
    others = ", ".join(card.title for card in block.cards[block.most :])
    return "\n".join(lines) + (f"\n\n{_text(block.others.format(names=others))}" if others else "")
