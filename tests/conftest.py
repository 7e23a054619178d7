"""What all tests share: how many examples hypothesis tries, and what becomes of browser tests without a browser."""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("default", max_examples=500, deadline=None)
settings.register_profile("nightly", max_examples=5_000, deadline=None)
settings.load_profile("nightly" if os.environ.get("IAMLAB_NIGHTLY") else "default")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = f"No Chromium here: none of {', '.join(BROWSERS)} was found (IAMLAB_BROWSER may name one)."


def browser_found() -> str | None:
    """The path of a Chromium: the one that `IAMLAB_BROWSER` names, else the first that is installed."""
    named = os.environ.get("IAMLAB_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a browser test where there is no browser; fail it there under `IAMLAB_REQUIRE_BROWSER=1`, as CI does."""
    if item.get_closest_marker("browser") is None or browser_found():
        return
    if os.environ.get("IAMLAB_REQUIRE_BROWSER") == "1":
        pytest.fail(NO_BROWSER, pytrace=False)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium that a test marked `browser` drives."""
    return browser_found() or pytest.fail(NO_BROWSER, pytrace=False)
