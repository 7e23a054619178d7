"""How pages of their own look: the widgets' tokens, light and dark by the reader's system, and the parts of a page.

The tokens are those of the widgets' `tokens.css`, as they are where no JupyterLab is around (a test holds the two
together). Rules read tokens, never a color.
"""

from __future__ import annotations

from html import escape

from iamlab.reporting.visible import visible

__all__ = ["DARK", "ICONS", "LIGHT", "icon", "page"]

LIGHT = {
    "surface": "#ffffff",
    "well": "#f5f5f5",
    "line": "#e0e0e0",
    "line-strong": "#757575",
    "text": "rgba(0, 0, 0, 0.87)",
    "text-strong": "#000000",
    "text-muted": "#5c5f66",
    "link": "#1565c0",
    "allowed": "#0a6f61",
    "explicit": "#86130f",
    "implicit": "#985400",
    "undecided": "#3a475c",
    "right": "#0a6f61",
    "partly": "#7a5300",
    "wrong": "#b3261e",
    "error": "#b3261e",
    "warning": "#7a5300",
}
DARK = {
    "surface": "#212121",
    "line": "#424242",
    "line-strong": "#8a8a8a",
    "text": "rgba(255, 255, 255, 0.87)",
    "text-strong": "#ffffff",
    "text-muted": "#b3b6bc",
    "link": "#64b5f6",
    "allowed": "#93ebc6",
    "explicit": "#ee7f73",
    "implicit": "#fbc254",
    "undecided": "#a9b7cd",
    "right": "#93ebc6",
    "partly": "#f2c063",
    "wrong": "#ff8a80",
    "error": "#ff8a80",
    "warning": "#f2c063",
}
DARK_WELL, HOVER, PRESSED = "#181818", "rgba(127, 127, 127, 0.12)", "rgba(127, 127, 127, 0.2)"


def _tokens(tokens: dict[str, str]) -> str:
    return " ".join(f"--iam-{name}: {value};" for name, value in tokens.items())


STYLE = f"""
.iam {{ {_tokens(LIGHT)} --iam-hover: {HOVER}; --iam-pressed: {PRESSED}; color-scheme: light; }}
@media (prefers-color-scheme: dark) {{
  .iam {{ {_tokens(DARK)} --iam-well: {DARK_WELL}; color-scheme: dark; }}
}}
* {{ box-sizing: border-box; }}
body {{ margin: 0; }}
.iam {{ min-height: 100vh; background: var(--iam-surface); color: var(--iam-text); padding: 24px 20px 40px;
  font: 15px/1.45 system-ui, sans-serif; container: iam / inline-size; }}
main {{ max-width: 1000px; margin: 0 auto; display: grid; gap: 20px; }}
:where(h1, h2, h3, p, ul, ol, dl, dd, table, pre) {{ margin: 0; padding: 0; }}
:where(ul, ol) {{ list-style: none; }}
h1 {{ font-size: 21px; line-height: 1.3; color: var(--iam-text-strong); }}
h2 {{ font-size: 15px; color: var(--iam-text-strong); padding-bottom: 4px; border-bottom: 1px solid var(--iam-line); }}
h3 {{ font-size: 15px; color: var(--iam-text-strong); }}
a {{ color: var(--iam-link); text-underline-offset: 2px; }}
code, pre {{ font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }}
.muted {{ color: var(--iam-text-muted); font-weight: 400; }}
.small {{ font-size: 13px; }}
.num {{ font-variant-numeric: tabular-nums; }}
.sr {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
:is(a, summary, [tabindex]):focus-visible {{ outline: 2px solid var(--iam-link); outline-offset: 1px; }}
svg.i {{ width: 16px; height: 16px; flex: none; vertical-align: -3px; fill: none; stroke: currentColor;
  stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }}
.bar {{ display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 16px; padding-bottom: 6px;
  border-bottom: 1px solid var(--iam-line); }}
.bar p {{ font-size: 13px; color: var(--iam-text-muted); }}
.facts {{ display: flex; flex-wrap: wrap; gap: 10px 40px; }}
.facts dt {{ font-size: 13px; color: var(--iam-text-muted); }}
.facts dd {{ font-size: 22px; font-weight: 600; line-height: 1.2; color: var(--iam-text-strong);
  font-variant-numeric: tabular-nums; }}
.facts dd .muted {{ font-size: 15px; }}
.wide {{ overflow-x: auto; }}
table {{ width: 100%; border-collapse: collapse; }}
caption {{ text-align: start; }}
:is(th, td) {{ text-align: start; vertical-align: top; padding: 6px 12px 6px 0; font-weight: 400;
  border-bottom: 1px solid var(--iam-line); }}
:is(th, td):last-child {{ padding-inline-end: 0; }}
:is(th, td).r {{ text-align: end; white-space: nowrap; }}
thead th {{ font-size: 13px; color: var(--iam-text-muted); padding-block: 4px; vertical-align: bottom; }}
tbody th {{ color: var(--iam-text-strong); }}
.bars {{ width: 30%; min-width: 110px; }}
.meter {{ display: flex; gap: 1px; height: 9px; margin-top: 7px; background: var(--iam-pressed); overflow: hidden; }}
.meter i, .key i {{ display: block; height: 100%; }}
.right {{ background: var(--iam-right); }}
.partly {{ background: color-mix(in srgb, var(--iam-partly) 62%, var(--iam-surface)); }}
.wrong {{ background: var(--iam-wrong); }}
.key {{ display: flex; flex-wrap: wrap; gap: 2px 14px; }}
.key span {{ display: inline-flex; gap: 5px; align-items: center; }}
.key i {{ width: 12px; height: 12px; }}
details > summary {{ display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 0 10px; padding: 9px 4px;
  cursor: pointer; list-style: none; border-bottom: 1px solid var(--iam-line); align-items: baseline; }}
summary::-webkit-details-marker {{ display: none; }}
summary:hover {{ background: var(--iam-hover); }}
summary > svg.i {{ transition: rotate 160ms; }}
details[open] > summary > svg.i {{ rotate: 90deg; }}
details[open] > summary {{ border-bottom-color: transparent; }}
details > .in {{ padding: 2px 4px 14px 30px; border-bottom: 1px solid var(--iam-line); display: grid; gap: 10px; }}
.in > p {{ max-width: 70ch; }}
.in table {{ max-width: 560px; }}
.witness {{ display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 14px; }}
.witness dt {{ color: var(--iam-text-muted); font-size: 13px; line-height: 1.6; }}
.versus {{ display: flex; flex-wrap: wrap; gap: 6px 32px; }}
.versus p:first-child {{ font-size: 13px; color: var(--iam-text-muted); }}
.d {{ display: inline-flex; align-items: center; gap: 6px; font-weight: 500; }}
.d svg.i {{ stroke: none; fill: currentColor; }}
.d-allowed {{ color: var(--iam-allowed); }}
.d-explicitDeny {{ color: var(--iam-explicit); }}
.d-implicitDeny {{ color: var(--iam-implicit); }}
.d-undecided {{ color: var(--iam-undecided); }}
.looks li {{ display: grid; grid-template-columns: 20px minmax(60px, auto) minmax(0, 1fr); gap: 0 10px;
  padding: 8px 4px; border-bottom: 1px solid var(--iam-line); }}
.c-error {{ color: var(--iam-error); }}
.c-warning {{ color: var(--iam-warning); }}
.result {{ padding: 2px 0 2px 14px; border-inline-start: 3px solid var(--iam-line-strong); display: grid; gap: 8px; }}
.result.is-right {{ border-color: var(--iam-right); }}
.result.is-partly {{ border-color: var(--iam-partly); }}
.result.is-wrong {{ border-color: var(--iam-wrong); }}
.result p, .result li {{ max-width: 70ch; }}
.result ul {{ display: grid; gap: 6px; }}
.source {{ background: var(--iam-well); border: 1px solid var(--iam-line); padding: 6px 10px; overflow-x: auto;
  white-space: pre; counter-reset: line; }}
.source span {{ display: block; min-height: 1.5em; }}
.source span::before {{ counter-increment: line; content: counter(line); display: inline-block; min-width: 2.4em;
  padding-inline-end: 1em; text-align: end; color: var(--iam-text-muted); user-select: none; }}
@media (max-width: 640px) {{ .looks li {{ grid-template-columns: 20px minmax(0, 1fr); }}
  .looks li > :last-child {{ grid-column: 2; }} }}
@media (prefers-reduced-motion: reduce) {{ * {{ transition: none !important; }} }}
@media print {{ .iam {{ padding: 0; }} }}
"""

CUT = '<path style="fill:none;stroke:var(--iam-surface);stroke-width:1.7" d="{}"/>'
RING = '<circle cx="8" cy="8" r="6.2" style="fill:none;stroke:currentColor;stroke-width:1.6{}"/>'
STROKE = '<path style="fill:none;stroke:currentColor;stroke-width:1.6" d="{}"/>'
ICONS = {
    "allowed": '<circle cx="8" cy="8" r="7"/>' + CUT.format("M4.8 8.3l2.2 2.2 4.2-4.6"),
    "explicitDeny": '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/>'
    + CUT.format("M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"),
    "implicitDeny": RING.format("") + STROKE.format("M5.1 8h5.8"),
    "undecided": RING.format(";stroke-dasharray:2.4 2.5")
    + STROKE.format("M6.3 6.5c0-2.3 3.5-2.2 3.5-.1 0 1.3-1.7 1.3-1.7 2.6"),
    "open": '<path d="M6 3.5L10.5 8 6 12.5"/>',
    "error": '<circle cx="8" cy="8" r="6.3"/><path d="M8 4.7v4M8 11v.2"/>',
    "warning": '<path d="M8 2.2L14.5 13.5h-13z"/><path d="M8 6.5v3M8 11.5v.1"/>',
}
"""The kit's icons, by what they stand for."""


def icon(name: str, label: str = "", color: str = "") -> str:
    """Return an icon; with a label where no words beside it say the same.

    >>> icon("open").startswith('<svg class="i" viewBox="0 0 16 16" aria-hidden="true">')
    True
    """
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    classes = f"i {color}".strip()
    return f'<svg class="{classes}" viewBox="0 0 16 16" {said}>{ICONS[name]}</svg>'


def page(title: str, inner: str) -> str:
    """Return a whole HTML document, which needs no other file, and in which every character can be seen.

    Args:
        title: its title, plain.
        inner: the HTML of its content.
    """
    seen = "\n".join(visible(line, len(line)) for line in inner.split("\n"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(visible(title))}</title><style>{STYLE}</style></head>\n"
        f'<body class="iam"><main>\n{seen}\n</main></body></html>\n'
    )
