"""Refuse to build a wheel without the explorer's page: it is made by `make page`, not by pip."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NeedsPage(BuildHookInterface):  # type: ignore[type-arg]
    """Editable installs may lack the page; a wheel may not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        page = Path(self.root) / "graph" / "static" / "index.html"
        if version != "editable" and not page.exists():
            raise SystemExit("graph/static/index.html is missing: run `make page` first")
