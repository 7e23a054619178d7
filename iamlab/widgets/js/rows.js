// The requests and their decisions: a list whose rows keep their place and their height while verdicts change in them.

import { createDecision, WORDS } from "./decision.js";
import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";
import { fillReason, createReason } from "./reason.js";
import { breakable } from "./text.js";

/**
 * Make the list. `chosen(id)` hears which row was opened (null: none), `removed(id)` that an own row shall go.
 */
export function createRows({ chosen, removed }) {
  const dom = h("ul", { class: "iam-rows", "aria-label": "Requests" });
  const rows = new Map();
  let open = null;
  const choose = (id) => {
    open = id === open ? null : id;
    for (const row of rows.values()) row.open(row.id === open);
    chosen(open);
  };
  const actions = { choose, removed, step: (row, by) => step(dom, row, by) };
  return {
    dom,
    /** Show these requests, in this order; a known one keeps its element. */
    list(requests) {
      const ids = new Set(requests.map(({ id }) => id));
      for (const [id, row] of rows) if (!ids.has(id)) drop(rows, id, row);
      if (open !== null && !ids.has(open)) choose(open);
      for (const request of requests) if (!rows.has(request.id)) rows.set(request.id, createRow(request, actions));
      const wanted = requests.map(({ id }) => rows.get(id).dom);
      if (wanted.some((row, index) => dom.children[index] !== row)) dom.replaceChildren(...wanted);
    },
    verdict: (verdict) => rows.get(verdict.id)?.show(verdict),
    undecided: (undecided) => rows.forEach((row) => row.undecided(undecided)),
    focus: (id) => rows.get(id)?.button.focus(),
    /** The row that takes the focus when this one goes. */
    neighbor: (id) => beside(dom, rows.get(id)?.dom),
  };
}

function drop(rows, id, row) {
  row.dom.remove();
  rows.delete(id);
}

function beside(list, item) {
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  return next?.querySelector(".iam-row") ?? null;
}

function step(list, row, by) {
  const buttons = [...list.querySelectorAll(".iam-row")];
  buttons[buttons.indexOf(row) + by]?.focus();
}

let rowCount = 0;

function createRow(request, actions) {
  const decision = createDecision();
  const by = h("span", { class: "by" });
  const reason = createReason(request, `iam-reason-${++rowCount}`);
  const button = h(
    "button",
    { type: "button", class: "iam-row", "aria-expanded": "false", "aria-controls": reason.id, onclick: () => actions.choose(request.id) },
    h("span", { class: "act" }, breakable(request.action)),
    h("span", { class: "verdict" }, by, decision.dom),
    h("span", { class: "res" }, breakable(request.resource)),
    facts(request).map((fact) => h("span", { class: "res" }, fact)),
  );
  const dom = h("li", { class: request.own ? "own" : null }, button, request.own ? remover(request, actions) : null, reason);
  button.addEventListener("keydown", (event) => onKey(event, button, request, actions));
  return { id: request.id, dom, button, ...states({ button, decision, by, reason }) };
}

function onKey(event, button, request, { step: move, removed }) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) move(button, by);
  else if (event.key === "Delete" && request.own) removed(request.id);
  else return;
  event.preventDefault();
}

function remover({ id, action }, { removed }) {
  const name = `Remove the request ${action}`;
  return h("button", { type: "button", class: "iam-btn icon quiet remove", "aria-label": name, title: name, onclick: () => removed(id) }, icon("no"));
}

/** What else the request says: who asks, where that is not the policy's principal, and its context. */
function facts({ asks, context }) {
  const pairs = Object.entries(context ?? {}).map(([key, value]) => `${key} = ${[value].flat().join(", ")}`);
  return [...(asks ? [`as ${asks}`] : []), ...pairs];
}

function states({ button, decision, by, reason }) {
  let last = null;
  let undecided = false;
  const draw = () => (undecided ? drawUndecided(button, decision, by, last?.decision ?? "undecided") : drawVerdict(decision, by, last));
  return {
    open(on) {
      mark(button, "aria-expanded", String(on));
      reason.hidden = !on;
    },
    show(verdict) {
      [last, undecided] = [verdict, false];
      draw();
      fillReason(reason, verdict);
    },
    undecided(on) {
      if (undecided === on) return;
      undecided = on;
      draw();
    },
  };
}

function drawVerdict(decision, by, verdict) {
  by.classList.remove("tight");
  if (verdict) decision.show(verdict.decision);
  else decision.clear();
  say(by, verdict?.where ?? "");
  mark(by, "title", verdict?.where);
}

/** The last word stays readable; where it would make the row higher, its icon stands for it. */
function drawUndecided(button, decision, by, was) {
  const height = button.offsetHeight;
  const words = `was ${WORDS[was].toLowerCase()}`;
  decision.show("undecided");
  by.classList.remove("tight");
  if (was === "undecided") return say(by, "");
  say(by, words);
  if (button.offsetHeight <= height) return;
  by.classList.add("tight");
  by.replaceChildren("was ", h("span", { class: `d-${was}` }, icon(was, WORDS[was].toLowerCase())));
}
