"""What lies above and below a scope of figures, from the nation by region and care provider down to the unit."""

from dialogs.sentences import N_
from inbox.directory.model import Unit
from inbox.directory.tree import Directory
from inbox.statistics.counting import NATION


def below_of(scope: str, directory: Directory) -> tuple[str, list[str]]:
    """What lies one level below, with a heading for it; nothing below the smallest units."""
    kind, _, id = scope.partition(":")
    if scope == NATION:
        return N_("Regioner"), [f"region:{code}" for code in directory.regions]
    if kind == "region":
        found = {top.provider for top in directory.children() if top.region == id and top.provider}
        return N_("Vårdgivare"), [f"provider:{one}" for one in sorted(found)]
    if kind == "provider":
        under = [child for top in _tops(id, directory) for child in (directory.children(top) or (top,))]
    else:
        unit = directory.find(id)
        under = list(directory.children(unit)) if unit else []
    return (N_("Enheter"), [f"unit:{one.id}" for one in under]) if under else ("", [])


def above_of(scope: str, directory: Directory) -> list[str]:
    """What it is part of, the nation first."""
    kind, _, id = scope.partition(":")
    if scope == NATION:
        return []
    if kind == "unit" and (unit := directory.find(id)):
        parents = [f"unit:{one.id}" for one in reversed(directory.parents(unit))]
        provider = [f"provider:{unit.provider}"] if unit.provider else []
        return [NATION, f"region:{unit.region}", *provider, *parents]
    return [NATION, *(f"region:{code}" for code in _regions(scope, directory) if kind == "provider")][:2]


def goal_of(scope: str, directory: Directory, usual: int) -> int | None:
    """The goal in days, where it is one for all that is counted."""
    goals = {directory.regions[code].goal_days or usual for code in _regions(scope, directory)}
    return goals.pop() if len(goals) == 1 else None


def _regions(scope: str, directory: Directory) -> list[str]:
    """The regions whose units are counted there, of the nation those that are open."""
    kind, _, id = scope.partition(":")
    if kind == "region":
        return [id]
    if kind == "provider":
        return sorted({top.region for top in _tops(id, directory)})
    if kind == "unit":
        unit = directory.find(id)
        return [unit.region] if unit else []
    return [region.code for region in directory.open_regions()]


def _tops(provider: str, directory: Directory) -> list[Unit]:
    return [top for top in directory.children() if top.provider == provider]
