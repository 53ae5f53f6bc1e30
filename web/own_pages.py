"""What the pages share that are our own from head to foot: the widget's chat and the operator's page."""

from pathlib import Path

_COMMON = Path(__file__).with_name("own_pages.css")


def style_sheet(own: Path) -> str:
    """Colours, light and dark, and the switch of languages; then the page's own rules."""
    return _COMMON.read_text(encoding="utf-8") + own.read_text(encoding="utf-8")
