"""The lowest versions that pyproject.toml allows, as a list of constraints for pip: `pip install -c FILE`."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
needs = [*project["dependencies"], *(need for group in project["optional-dependencies"].values() for need in group)]
for need in needs:
    found = re.match(r"([\w.-]+)\s*[>=]=\s*([\w.]+)", need)
    if found is None:
        raise SystemExit(f"{need}: no lowest version")
    print("==".join(found.groups()))
