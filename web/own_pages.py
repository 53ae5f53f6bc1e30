"""What the pages share that are our own from head to foot: the widget's chat and the operator's page."""

from pathlib import Path

_COMMON = Path(__file__).with_name("own_pages.css")


def asset_text(path: Path) -> str:
    """A script as it is; a style sheet behind the common one: colours, light and dark, the switch of languages."""
    own = path.read_text(encoding="utf-8")
    return _COMMON.read_text(encoding="utf-8") + "\n" + own if path.suffix == ".css" else own
