"""Statuses can be read and told apart, on light and dark pages, with every common kind of sight."""

from itertools import combinations

import pytest

from wfepy_core.drawing import palette
from wfepy_core.model.status import TaskStatus, TransitionStatus

SCHEMES = [pytest.param(palette.LIGHT, id="light"), pytest.param(palette.DARK, id="dark")]
STATUSES = list(TaskStatus)

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIMULATIONS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    light, dark = sorted(
        (0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    red, green, blue = rgb
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_difference(one, other, matrix):
    seen = [
        lab([min(1.0, max(0.0, sum(map(float.__mul__, row, linear(colour))))) for row in matrix])
        for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.value)
def test_the_text_of_every_status_can_be_read(scheme, status):
    colours = scheme.statuses[status]
    assert contrast(colours.name, colours.fill) >= 4.5
    assert contrast(colours.word, colours.fill) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.value)
def test_the_shapes_of_every_status_stand_out(scheme, status):
    colours = scheme.statuses[status]
    assert contrast(colours.border, scheme.page) >= 3
    assert contrast(colours.icon, colours.fill) >= 3
    assert contrast(colours.mark, colours.icon) >= 3
    for background in (scheme.page, scheme.panel):
        assert contrast(colours.solid, background) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_panels_and_edges_can_be_seen(scheme):
    for background in (scheme.page, scheme.panel):
        assert contrast(scheme.text, background) >= 4.5
        assert contrast(scheme.muted, background) >= 4.5
        assert contrast(scheme.panel_border, background) >= 3
        assert contrast(scheme.selection, background) >= 3
        for status in TransitionStatus:
            assert contrast(scheme.edges[status].colour, background) >= 3


def test_what_became_of_a_transition_is_not_told_by_colour_alone():
    for scheme in (palette.LIGHT, palette.DARK):
        assert len({scheme.edges[status].dashes for status in TransitionStatus}) == len(TransitionStatus)


@pytest.mark.parametrize("sight", SIMULATIONS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_statuses_differ_by_outline_or_by_a_colour_that_the_colour_blind_see(scheme, sight):
    for one, other in combinations(STATUSES, 2):
        icons = palette.ICONS[one], palette.ICONS[other]
        if (icons[0].body, icons[0].outline) != (icons[1].body, icons[1].outline):
            continue
        colours = scheme.statuses[one].solid, scheme.statuses[other].solid
        assert seen_difference(*colours, SIMULATIONS[sight]) >= 12, (one, other)


def test_every_status_has_an_icon_and_a_symbol_of_its_own():
    assert len(set(palette.ICONS.values())) == len(STATUSES)
    assert len(set(palette.SYMBOLS.values())) == len(STATUSES)
