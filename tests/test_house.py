"""The house keeps its floors: what imports what, who speaks SQL, and who draws."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tracker"
FILES = sorted(HOUSE.rglob("*.py"))

SQL = re.compile(
    r"^\s*(SELECT\b.+|INSERT\s+(OR\s+\w+\s+)?INTO\b.+|REPLACE\s+INTO\b.+|UPDATE\b.+\bSET\b.+|DELETE\s+FROM\b.+"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER|VIEW|UNIQUE)\b.+|ALTER\s+TABLE\b.+|PRAGMA\s+\w+.*|BEGIN\s+IMMEDIATE.*)",
    re.DOTALL,
)

#: The names of what draws: they stay on the screens' floor.
DRAWING = {"textual", "rich", "textual_plotext", "plotext", "textual_autocomplete", "textual_serve"}


def room(file: Path) -> str:
    """`storage` for tracker/storage/database.py, `settings` for tracker/settings/values.py."""
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file; a dozen tests look at each of them."""
    return tuple(ast.walk(tree(file)))


def imported(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def texts(file: Path) -> Iterator[str]:
    """Every string of a file but its docstrings; an f-string as its fixed parts."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(file)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def test_the_import_contracts_are_kept() -> None:
    pytest.importorskip("importlinter")
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_room_has_its_floor() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = {name.strip(" ()") for layer in contracts[0]["layers"] for name in layer.split(":")}
    rooms = {f"tracker.{room(file)}" for file in FILES} - {"tracker.__init__", "tracker.__main__"}
    assert rooms == floors


@pytest.mark.parametrize("statement", ["SELECT 1", "\n  INSERT OR REPLACE INTO x VALUES", "UPDATE x SET y", "PRAGMA a"])
def test_sql_is_recognised(statement: str) -> None:
    assert SQL.match(statement)
    assert not SQL.match(f"to {statement}")


def test_only_storage_and_imports_of_foreign_databases_speak_sql() -> None:
    speaking = {
        f"{file.relative_to(ROOT)}: {text[:60]!r}"
        for file in FILES
        if room(file) not in ("storage", "importers")
        for text in texts(file)
        if SQL.match(text)
    }
    assert speaking == set()


def test_only_storage_and_imports_open_databases() -> None:
    opening = {
        str(file.relative_to(ROOT))
        for file in FILES
        for name in imported(file)
        if name.partition(".")[0] in ("sqlite3", "sqlite_utils") and room(file) not in ("storage", "importers")
    }
    # The command line only says which SQLite it runs on, and turns what escaped into one line.
    assert {name for name in opening if not name.startswith("tracker/cli/")} == set()


def test_only_the_screens_draw() -> None:
    drawing = {
        str(file.relative_to(ROOT))
        for file in FILES
        for name in imported(file)
        if name.partition(".")[0] in DRAWING and room(file) != "tui"
    }
    assert drawing == set()


def imports(file: Path) -> Iterator[str]:
    """What a file of ours imports of ours, inside functions and for type checkers too."""
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tracker"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("tracker"))


def module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(file): file for file in FILES}


def test_there_is_no_circle_of_imports() -> None:
    """Not by imports inside functions either, nor by those for type checkers."""
    wanted = {name: set(imports(file)) & set(MODULES) - {name} for name, file in MODULES.items()}
    while free := {name for name, needs in wanted.items() if not needs}:
        wanted = {name: needs - free for name, needs in wanted.items() if name not in free}
    assert wanted == {}


def test_a_class_name_stands_for_one_thing() -> None:
    places: dict[str, list[str]] = {}
    for file in FILES:
        for node in nodes(file):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_a_file_name_stands_for_two_things_at_most() -> None:
    places: dict[str, list[str]] = {}
    for file in FILES:
        if not file.name.startswith("__"):
            places.setdefault(file.stem, []).append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in places.items() if len(files) > 2} == {}


def test_a_module_named_in_a_text_is_there() -> None:
    """`import_module("tracker.x")` is not seen by a type checker, so a renamed module would fail only when it runs."""
    named = re.compile(r"tracker(\.[a-z_]+)+")
    missing = {
        f"{file.relative_to(ROOT)}: {text}"
        for file in FILES
        for text in texts(file)
        if named.fullmatch(text) and not {text, text.rpartition(".")[0]} & set(MODULES)
    }
    assert missing == set()


#: A name that stands for any test, a package of somebody else's, and names of columns, keys and actions.
NO_FILES = {
    "tests/cli/test_NAME.py",
    "tests/analytics/patterns/test_NAME.py",
    "svg.py",
    "numpy.py",
    "lunch.py",
    "made_up.py",
    "new.py",
}


#: A Python file, and one of our modules in backticks.
PYTHON_FILE = re.compile(r"(?<![\w./-])[\w./-]*\w\.py\b")
MODULE = re.compile(r"`((?:tracker\.)?(?:analytics|storage|services|reports|tui|cli)(?:\.[a-z_]+)+)`")


def said(file: Path, pattern: re.Pattern[str]) -> set[str]:
    """What a pattern finds in what a file says to its readers: in a whole page, in a module's comments and strings."""
    text = file.read_text(encoding="utf-8")
    names = set(pattern.findall(text))
    if file.suffix != ".py" or not names:
        return names
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    spoken = [token.string for token in tokens if token.type in (tokenize.COMMENT, tokenize.STRING)]
    return {name for words in spoken for name in pattern.findall(words)}


def test_a_file_or_module_named_in_a_page_or_a_docstring_is_there() -> None:
    """Files are merged and moved, and no other tool reads what is said of them."""
    here = [*FILES, *sorted((ROOT / "tests").rglob("*.py"))]
    paths = [f"/{file.relative_to(ROOT).as_posix()}" for file in here] + ["/.ci/lowest.py"]
    missing = set()
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *here]:
        for name in said(page, PYTHON_FILE) - NO_FILES:
            if not any(path.endswith(f"/{name.removeprefix('/')}") for path in paths):
                missing.add(f"{page.relative_to(ROOT)}: {name}")
        for name in said(page, MODULE):
            dotted = f"tracker.{name.removeprefix('tracker.')}"
            if not {dotted, dotted.rpartition(".")[0]} & set(MODULES):
                missing.add(f"{page.relative_to(ROOT)}: {name}")
    assert missing == set()


def own_names(file: Path) -> set[str]:
    """What a module and its classes define or import; without the variables of functions."""
    names = set()
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
        if isinstance(node, ast.Module | ast.ClassDef):
            assigned = (step for step in node.body if isinstance(step, ast.Assign | ast.AnnAssign))
            names |= {name.id for step in assigned for name in ast.walk(step) if isinstance(name, ast.Name)}
    return names


def test_a_private_name_in_a_comment_or_docstring_is_one_of_its_module() -> None:
    """They are renamed, and no other tool reads what is said of them."""
    named = re.compile(r"`(_[A-Za-z]\w*)(?:\(\))?`")
    of_records = {"_make", "_replace", "_asdict", "_fields"}
    missing = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in FILES
        if (private := said(file, named) - of_records)
        for name in private - own_names(file)
    }
    assert missing == set()


#: Functions whose example has only words that another module says.
SAID_ELSEWHERE = {"_say_changes", "side_effects", "person_words"}


def messages(node: ast.AST) -> Iterator[str]:
    """The translated messages in a function that have a word of their own."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext", "plural", "counted"):
            for part in ast.walk(call):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from [part.value] if re.search("[a-z]{3}", re.sub(r"{\w+}", "", part.value)) else []


def test_the_example_of_a_wording_is_what_it_says() -> None:
    """A docstring that begins with `2 h more than you thought` has words of a message of its function, or one it calls.

    Examples of a word or two, or cut short by an ellipsis, are left out, and so is what is typed as an option.
    """
    untrue = set()
    for file in FILES:
        functions = {node.name: node for node in nodes(file) if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            example = re.match(r"`([^`]+)`", " ".join((ast.get_docstring(function) or "").split()))
            returns = ast.unparse(function.returns) if function.returns else ""
            if not example or returns not in ("str", "str | None") or name in SAID_ELSEWHERE:
                continue
            words = example[1]
            if len(re.findall(r"[^\W\d]{2,}", words)) < 3 or "…" in words or words.startswith("--"):
                continue
            called = {getattr(node.func, "id", "") for node in ast.walk(function) if isinstance(node, ast.Call)}
            own = {*messages(function)}
            near = {message for other in called & functions.keys() for message in messages(functions[other])}
            templates = (".+?".join(map(re.escape, re.split(r"{\w+}", message))) for message in own | near)
            if own and not any(re.search(template, words, re.IGNORECASE) for template in templates):
                untrue.add(f"{file.relative_to(ROOT)}: {name}: {words}")
    assert untrue == set()


def test_no_error_is_swallowed_unseen() -> None:
    swallowing = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    }
    assert swallowing == set()


def test_figures_are_rounded_as_people_redo_it() -> None:
    """To so many decimals by `half_up`; Python's `round` places drawings, and takes the noise off what is compared."""
    rounding = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        if room(file) in ("cli", "reports", "importers", "exporters", "storage", "tui", "analytics")
        and file.name != "html_page.py"
        and "patterns" not in file.parts
        for node in nodes(file)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "round" and len(node.args) > 1
    }
    assert rounding == set()


DAILY = """
import sys
from tracker.storage import Database, channels, sessions
import tracker.settings, tracker.files.file_access
for name in ("typing", "dataclasses", "pathlib", "json", "contextlib", "arrow", "sqlite_utils", "textual", "babel"):
    assert name not in sys.modules, name
"""


def test_storage_of_every_day_imports_little() -> None:
    run = subprocess.run([sys.executable, "-S", "-c", DAILY], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_a_counted_noun_is_worded_in_one_place() -> None:
    """`3 checks` is `format_checks(3)` wherever it is written; a second `ngettext` of it would drift from the first."""
    places: dict[str, list[str]] = {}
    for file in FILES:
        for node in nodes(file):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("ngettext", "counted", "plural")
                and (
                    singular := next(
                        (expression for expression in node.args if isinstance(expression, ast.Constant)), None
                    )
                )
            ):
                places.setdefault(str(singular.value), []).append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert {text: lines for text, lines in places.items() if len(lines) > 1} == {}


def test_a_module_gives_a_name_once() -> None:
    """A constant that is assigned a second time has the second value wherever it is used, above it too."""
    twice = []
    for file in FILES:
        targets = [
            target
            for node in tree(file).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        ]
        names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        twice += [f"{file.relative_to(ROOT)}: {name}" for name in {*names} if names.count(name) > 1]
    assert twice == []
