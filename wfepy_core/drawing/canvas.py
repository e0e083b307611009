"""What a page is drawn on: a few kinds of marks, which each format writes in its own way."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.drawing.palette import LineStyle
    from wfepy_core.model.status import TaskStatus

    Point = tuple[float, float]


class Canvas:
    """A page of one format. All lengths are points, x to the right and y down; colours are `#rrggbb`.

    What is drawn later lies above what was drawn before.
    """

    def begin_group(self, tooltip: str = "", shift: Point = (0.0, 0.0)) -> None:
        """Begin marks that belong together.

        Args:
            tooltip: what a viewer may show over them.
            shift: moves them to the right and down.
        """
        raise NotImplementedError

    def end_group(self) -> None:
        """End what `begin_group` began last."""
        raise NotImplementedError

    def rectangle(
        self, corner: Point, size: Point, fill: str, *, radius: float = 0.0, border: LineStyle | None = None
    ) -> None:
        """Draw a rectangle from its top left corner, with round corners of a radius."""
        raise NotImplementedError

    def circle(self, centre: Point, radius: float, fill: str, *, border: LineStyle | None = None) -> None:
        """Draw a circle; an empty `fill` leaves its inside as it is."""
        raise NotImplementedError

    def curve(self, points: Sequence[Point], style: LineStyle) -> None:
        """Draw cubic Bezier segments: a start point, then three points for each."""
        raise NotImplementedError

    def line(self, start: Point, end: Point, style: LineStyle) -> None:
        """Draw a straight line."""
        raise NotImplementedError

    def polygon(self, corners: Sequence[Point], fill: str) -> None:
        """Draw a filled polygon without a border."""
        raise NotImplementedError

    def icon(self, status: TaskStatus, corner: Point, size: float, *, on_page: bool) -> None:
        """Draw the icon of a status in a square, in the colours of the page or of the status's node."""
        raise NotImplementedError

    def text(
        self, start: Point, text: str, size: float, colour: str, *, bold: bool = False, centred: bool = False
    ) -> None:
        """Write one line of text.

        Args:
            start: where its baseline begins, or with `centred` the middle of its baseline.
            text: any characters, see `printable_text`.
            size: of the font.
            colour: of the text.
            bold: whether it is bold.
            centred: whether `start` is its middle.
        """
        raise NotImplementedError
