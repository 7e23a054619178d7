"""A real Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def running_chromium(path: str) -> Iterator[Browser]:
    """Start a browser; it is gone afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


def new_page(browser: Browser, scale: float = 1) -> Page:
    """Open a page of a laptop's width, in a context of its own."""
    viewport = {"width": 1280, "height": 1000}
    return browser.new_page(viewport=viewport, color_scheme="light", device_scale_factor=scale)  # type: ignore[arg-type]
