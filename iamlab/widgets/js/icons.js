// The icons: geometry as data on a 16 × 16 grid, drawn as inline SVG or, in the gutter, as a CSS mask.
//
// `fill` parts are solid, `cut` parts are lines cut out of them, `line` parts are strokes.

import { svg } from "./dom.js";

const ICONS = {
  allowed: { fill: "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z", cut: "M4.8 8.3l2.2 2.2 4.2-4.6" },
  explicitDeny: { fill: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", cut: "M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" },
  implicitDeny: { line: "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4zM5.1 8h5.8" },
  undecided: {
    dashed: "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4z",
    line: "M6.3 6.5c0-2.3 3.5-2.2 3.5-.1 0 1.3-1.7 1.3-1.7 2.6M8.1 11.2v.1",
  },
  ok: { line: "M3.5 8.5l3 3 6-7" },
  no: { line: "M4.5 4.5l7 7M11.5 4.5l-7 7" },
  dash: { line: "M5 8h6" },
  error: { line: "M8 1.7a6.3 6.3 0 1 1 0 12.6a6.3 6.3 0 1 1 0-12.6zM8 4.7v4M8 11v.2" },
  warning: { line: "M8 2.2L14.5 13.5h-13zM8 6.5v3M8 11.5v.1" },
  advice: { line: "M5.8 11.2c0-1.3-1.9-2.1-1.9-4.5a4.1 4.1 0 0 1 8.2 0c0 2.4-1.9 3.2-1.9 4.5zM6.2 13.7h3.6" },
  plus: { line: "M8 3.5v9M3.5 8h9" },
  reset: { line: "M3.2 5.5A5.5 5.5 0 1 1 2.5 8M3 2.5v3.2h3.2" },
  up: { line: "M8 13V3.5M4 7.2L8 3.2l4 4" },
  down: { line: "M8 3v9.5M4 8.8l4 4 4-4" },
  left: { line: "M10 3.5L5.5 8l4.5 4.5" },
  right: { line: "M6 3.5L10.5 8 6 12.5" },
  first: { line: "M11.5 3.5L7 8l4.5 4.5M4.5 3.5v9" },
  last: { line: "M4.5 3.5L9 8l-4.5 4.5M11.5 3.5v9" },
  key: { line: "M5.3 7.9a2.8 2.8 0 1 0 .01 0zM7.3 8.7L13 3M10.4 5.6l2 2" },
  play: { line: "M5 3.5l7 4.5-7 4.5z" },
  clock: { line: "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4zM8 4.5V8l2.5 1.5" },
  flag: { line: "M4 14V2.5h8l-1.8 3 1.8 3H4" },
  pause: { line: "M5.5 4v8M10.5 4v8" },
};

const ROUND = { "stroke-linecap": "round", "stroke-linejoin": "round" };

/** Draw an icon. Without a name it says nothing: words beside it do. */
export function icon(kind, name = null) {
  const { fill, cut, line, dashed } = ICONS[kind];
  const spoken = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  return svg(
    "svg",
    { class: `i i-${kind}`, viewBox: "0 0 16 16", focusable: "false", ...spoken },
    fill && svg("path", { class: "fill", d: fill }),
    cut && svg("path", { class: "cut", d: cut }),
    dashed && svg("path", { class: "line", d: dashed, "stroke-dasharray": "2.4 2.5" }),
    line && svg("path", { class: "line", d: line }),
  );
}

/** The icon as a CSS image whose opaque parts are the icon. */
export function mask(kind) {
  const { fill, cut, line, dashed } = ICONS[kind];
  const stroke = (d, color, more = {}) => svg("path", { d, fill: "none", stroke: color, "stroke-width": "1.7", ...ROUND, ...more });
  const drawing = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: "0 0 16 16" },
    cut && svg("mask", { id: "m" }, svg("rect", { width: "16", height: "16", fill: "#fff" }), stroke(cut, "#000")),
    fill && svg("path", { d: fill, ...(cut ? { mask: "url(#m)" } : {}) }),
    dashed && stroke(dashed, "#000", { "stroke-dasharray": "2.4 2.5" }),
    line && stroke(line, "#000"),
  );
  return `url("data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}")`;
}
