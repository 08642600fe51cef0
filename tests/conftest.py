"""What holds for every test: browsers are driven one at a time, on one of the workers."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive a browser share a worker: two at once on a small machine only wait for each other."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
