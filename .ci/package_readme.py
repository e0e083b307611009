"""What the page of the package shows: the README, whose paths lead nowhere there, and addresses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# A link in Markdown, `](docs/desktop.md)`, that is neither an address nor a heading of the page itself.
_LINK = re.compile(r"(!\[[^]]*)?\]\((?![a-z]+:|#)([^)\s]+)\)")


class PackageReadme(MetadataHookInterface):
    """Makes links absolute, by `Source` in `[project.urls]`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Sets the readme of the project, and adds to its addresses."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        source = metadata["urls"]["Source"]

        def absolute(link: re.Match[str]) -> str:
            picture, path = link.groups()
            return f"{picture or ''}]({source}/{'raw' if picture else 'blob'}/main/{path})"

        metadata["urls"] |= {
            "Documentation": f"{source}/tree/main/docs",
            "Changelog": f"{source}/blob/main/CHANGELOG.md",
            "Issues": f"{source}/issues",
        }
        metadata["readme"] = {"content-type": "text/markdown", "text": _LINK.sub(absolute, text)}
