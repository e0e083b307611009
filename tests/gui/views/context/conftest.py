"""The panel of the context, of the instance at `path`."""

import pytest

from wfepy_gui.window.panel_registry import PanelId


@pytest.fixture
def panel(path, open_instance, desktop):
    open_instance(path)
    desktop.window.go_to(PanelId.CONTEXT)
    return desktop.window.panels.context.get()
