"""What a window and its commands are given to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard

    from wfepy_gui.automation.preflight_query import PreflightQuery
    from wfepy_gui.instance.session import Session
    from wfepy_gui.notices import Notices
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.preferences.settings import Settings
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme
    from wfepy_gui.workers.fleet_scanner import FleetScanner
    from wfepy_gui.workers.trust_gate import TrustGate


class Services(NamedTuple):
    """The long-lived objects of a desktop; none of them is a widget.

    Attributes:
        log_path: where faults of this program are written; empty: nowhere.
    """

    session: Session
    scanner: FleetScanner
    settings: Settings
    theme: Theme
    notices: Notices
    clipboard: QClipboard
    pool: QThreadPool
    preflight_query: PreflightQuery
    clock: Clock
    trust_gate: TrustGate
    interpreters: Interpreters
    log_path: str = ""
