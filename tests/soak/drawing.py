"""A soak as a picture: two lines over time, as SVG that any browser shows."""

from collections.abc import Sequence

from tests.soak.judged import Judged, Sample, Window

WIDTH, HEIGHT, LEFT, TOP, GAP = 900, 150, 70, 40, 70
INK, BLUE, GREY = "#1f1f1f", "#005b89", "#c8c8c8"

Points = Sequence[tuple[float, float]]


def draw(samples: Sequence[Sample], windows: Sequence[Window], seconds: float, judged: Judged) -> str:
    """The picture."""
    memory = f"Memory of the server, MB: {judged.mb_warm:.0f} → {judged.mb_end:.0f} (× {judged.mb_ratio:.3f})"
    waiting = (
        f"From sending to seeing, p99 of 10 s, ms: {judged.p99_second:.1f} → {judged.p99_last:.1f} "
        f"(× {judged.p99_ratio:.2f})"
    )
    second = TOP + HEIGHT + GAP
    width, height = LEFT + WIDTH + 20, second + HEIGHT + 40
    root = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    return "\n".join(
        [
            root + ' font-family="sans-serif" font-size="13">',
            '<rect width="100%" height="100%" fill="white"/>',
            *_panel(TOP, memory, [(sample.at, sample.mb) for sample in samples], seconds),
            *_panel(second, waiting, [(window.at, window.p99_ms) for window in windows], seconds),
            "</svg>",
            "",
        ]
    )


def _panel(top: int, title: str, points: Points, seconds: float) -> list[str]:
    most = max((value for _, value in points), default=1.0) * 1.15
    places = [(LEFT + at / seconds * WIDTH, top + HEIGHT * (1 - value / most)) for at, value in points]
    bottom = top + HEIGHT
    drawn = [f'<text x="{LEFT}" y="{top - 12}" fill="{INK}">{title}</text>']
    for share in (0.0, 0.5, 1.0):
        y = bottom - share * HEIGHT
        drawn.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + WIDTH}" y2="{y:.1f}" stroke="{GREY}"/>')
        drawn.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{share * most:.0f}</text>')
    for number in range(5):
        x = LEFT + number / 4 * WIDTH
        drawn.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="{GREY}"/>')
        minutes = f"{number * seconds / 240:g} min"
        drawn.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle" fill="{INK}">{minutes}</text>')
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return [*drawn, f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>']
