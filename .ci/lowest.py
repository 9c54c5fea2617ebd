"""The lowest versions that pyproject.toml allows, as constraints for `pip install -c`: a line `name==version` each."""

from __future__ import annotations

import re
import sys
import tomllib


def lowest(need: str) -> str:
    """`babel>=2.17` → `babel==2.17`; ends with a line where the dependency has no lowest version."""
    found = re.match(r"([\w.-]+)[>=]=([\w.]+)", need)
    return f"{found[1]}=={found[2]}" if found else sys.exit(f"no lowest version in pyproject.toml: {need}")


if __name__ == "__main__":
    with open("pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    needs = [*project["dependencies"], *(need for extra in project["optional-dependencies"].values() for need in extra)]
    sys.stdout.writelines(f"{lowest(need)}\n" for need in needs)
