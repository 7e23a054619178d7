// Lines and nodes of a rail, drawn from where its rows stand.

import { svg } from "./dom.js";
import { icon } from "./icons.js";

const X = 14;
const R = 9;
const SIZE = 20;
const TICK = "m-4 .5l3 3 5-6";

/** Draw a rail behind its rows; the step that is looked at has a ring. */
export function drawRail(geo, steps, { nodes, decision }, at) {
  const top = steps.getBoundingClientRect().top;
  const middle = (element) => {
    const { top: from, height } = element.getBoundingClientRect();
    return Math.round((from - top + height / 2) * 2) / 2;
  };
  const places = [...steps.querySelectorAll("li")].map(middle);
  const end = middle(steps.querySelector(".end svg"));
  const isShort = shortcut(nodes, decision);
  const lines = nodes.map((node, index) => line(places[index], places[index + 1] ?? end, nodes, index, decision));
  const shapes = nodes.flatMap((node, index) => shape(node, places[index], node.number === at));
  const by = isShort === null ? [] : [around(places[isShort], end, steps.offsetWidth)];
  geo.replaceChildren(svg("svg", { width: "100%", height: "100%", focusable: "false" }, ...lines, ...by, ...shapes));
}

/** An allow that stands alone goes to the decision past the steps that are not asked. */
function shortcut(nodes, decision) {
  const index = nodes.findIndex(({ outcome }) => outcome === "allowed");
  return decision === "allowed" && index >= 0 && index < nodes.length - 1 ? index : null;
}

function line(from, to, nodes, index, decision) {
  const isLast = index === nodes.length - 1;
  const ended = nodes.slice(0, index + 1).find(({ outcome }) => outcome)?.outcome;
  const reached = isLast ? decision !== "undecided" : nodes[index + 1].state !== "open";
  const look = ended && ended !== "allowed" ? `d-${ended}` : isLast && reached && !ended ? `d-${decision}` : reached && !ended ? "done" : "todo";
  return svg("path", { class: `r ${look}`, d: `M${X} ${from + R}V${to - (isLast ? SIZE / 2 : R)}` });
}

function shape({ state, outcome }, y, isHere) {
  const look = { passed: "done", absent: "na", open: "", decided: "under" }[state];
  const circle = svg("circle", { class: `nd ${look} ${isHere && !outcome ? "cur" : ""}`, cx: X, cy: y, r: R });
  if (outcome) return [circle, sign(outcome, y), ...(isHere ? [svg("circle", { class: "nd cur ring", cx: X, cy: y, r: R + 3.5 })] : [])];
  return state === "passed" ? [circle, svg("path", { class: "tk", d: `M${X} ${y}${TICK}` })] : [circle];
}

/** The decision's own icon, on the surface's color so that no line shows through. */
function sign(outcome, y) {
  const drawn = icon(outcome);
  for (const [name, value] of Object.entries({ x: X - SIZE / 2, y: y - SIZE / 2, width: SIZE, height: SIZE })) drawn.setAttribute(name, value);
  return svg("g", { class: `d-${outcome}` }, drawn);
}

function around(from, to, width) {
  const [right, left] = [width - 8, 130];
  const bend = `M${right - 12} ${from - 9}h6a6 6 0 0 1 6 6V${to - 6}a6 6 0 0 1 -6 6H${left}`;
  return svg("path", { class: "r d-allowed", d: `${bend}m5 -4l-5 4 5 4` });
}
