"""How long the files are: `make sizes`. Guidance, not a limit: a median under 80 lines, a second look at 200."""

from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SECOND_LOOK = 200


def lengths() -> dict[str, int]:
    """Lines of each file of our own code."""
    places = [("dialogs", "py"), ("inbox", "py"), ("handlers", "py"), ("server", "py"), ("tests", "py")]
    places += [("web/assets", "js"), ("web/assets", "css"), ("web/templates", "html")]
    found = {}
    for folder, ending in places:
        for path in (ROOT / folder).rglob(f"*.{ending}"):
            if "vendor" not in path.parts:
                found[path.relative_to(ROOT).as_posix()] = len(path.read_text(encoding="utf-8").splitlines())
    return found


def main() -> None:
    """Print it."""
    found = lengths()
    kinds = sorted({(name.split("/")[0], Path(name).suffix) for name in found})
    for folder, suffix in kinds:
        own = [n for name, n in found.items() if name.startswith(folder + "/") and name.endswith(suffix)]
        print(
            f"{folder:<9}{suffix:<6}{len(own):>4} files{sum(own):>7} lines"
            f"   median {median(own):.0f}   longest {max(own)}"
        )
    for name, n in sorted(found.items(), key=lambda item: -item[1]):
        if n >= SECOND_LOOK:
            print(f"{n:>6}  {name}")


if __name__ == "__main__":
    main()
