// What a check found: a sentence, the points, the plainest request on which answer and task differ, the parts.

import { createDecision } from "./decision.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./markdown.js";
import { terms } from "./reading.js";

const LOOKS = { right: ["right", "ok"], partly: ["partly", "dash"], wrong: ["wrong", "no"], invalid: ["wrong", "error"], not_attempted: ["none", "dash"] };

/** Make the place; `go(statement)` moves to a statement in the answer. */
export function createResult({ go }) {
  const dom = h("div", { class: "iam-result", role: "region", "aria-label": "Result", hidden: true });
  const before = h("span", { class: "before" }, "Before your change: ");
  let drawn = null;
  return {
    dom,
    show(result, isOld) {
      dom.hidden = !result;
      if (!result) return;
      before.hidden = !isOld;
      if (result === drawn) return;
      drawn = result;
      const [look, sign] = LOOKS[result.status];
      dom.className = `iam-result ${look}`;
      const title = h("h4", {}, h("span", { class: `is-${look}` }, icon(sign)), h("span", {}, before, inline(result.title), " ", h("span", { class: "pts num" }, result.points)));
      dom.replaceChildren(title, ...result.witnesses.flatMap((one) => witness(one, go)), ...parts(result.parts), ...result.notes.map(note), ...following(result.next));
    },
  };
}

function witness({ principal, action, resource, context, yours, task, also, verdict }, go) {
  const statement = verdict?.statement ?? verdict?.nearest;
  const place = statement && h("button", { type: "button", class: "iam-link", onclick: () => go(statement) }, statement.label);
  const why = verdict && h("p", { class: "small muted" }, inline(verdict.reason));
  return [
    terms([["Principal", principal], ["Action", action], ["Resource", resource], ...context]),
    h("div", { class: "iam-versus" }, side("Your policy", yours, place), side("The task", task)),
    ...[why, also && h("p", { class: "small muted" }, also)].filter(Boolean),
  ];
}

function side(name, decided, place = null) {
  const decision = createDecision();
  decision.show(decided);
  return h("div", {}, h("p", {}, name), h("p", {}, decision.dom), place && h("p", { class: "small" }, place));
}

function parts(listed) {
  if (!listed.length) return [];
  const item = ({ name, holds, points }) => h("li", {}, h("span", { class: holds ? "is-right" : "is-wrong" }, icon(holds ? "ok" : "no", holds ? "holds" : "does not hold")), h("span", {}, inline(name)), h("span", { class: "num muted" }, points));
  return [h("ul", { class: "iam-parts", "aria-label": "Parts of the task" }, listed.map(item))];
}

function note({ kind, text, lesson: taught }) {
  const said = kind === "advice" ? ["Advice, not counted: ", ...inline(text)] : inline(text);
  return h("p", { class: kind === "advice" || kind === "note" ? "said muted" : "said" }, said, ...lesson(taught));
}

/** The lesson on a misconception: a link where the notebook's place in the page's address is known. */
export function lesson(taught) {
  if (!taught) return [];
  const address = taught.path && addressBeside(taught.path);
  if (!address) return [" ", h("span", { class: "muted" }, taught.name)];
  return [" ", h("a", { href: address, target: "_blank", rel: "noreferrer" }, taught.name, h("span", { class: "sr" }, ", opens a new tab"))];
}

/** The address of a notebook that lies beside the one in this page. */
function addressBeside(path) {
  const opened = location.pathname.match(/^(.*?\/)(?:lab(?:\/workspaces\/[^/]+)?\/tree|notebooks|tree)\/(.+)$/);
  if (!opened) return null;
  const tree = /\/lab\//.test(location.pathname) ? "lab/tree/" : "notebooks/";
  const { pathname } = new URL(path, `http://x/${opened[2]}`);
  return `${opened[1]}${tree}${pathname.slice(1)}`;
}

/** What comes next: the panel of the next exercise where it is in the page, else how to open it. */
function following(next) {
  if (!next) return [];
  const here = () => document.querySelector(`.iam[data-exercise="${CSS.escape(next.name)}"]`);
  if (!here()) return [h("p", { class: "said" }, "Next: ", next.title, ", ", h("code", {}, `exercise("${next.name}")`))];
  const go = () => {
    here()?.scrollIntoView({ block: "start" });
    here()?.focus();
  };
  return [h("p", {}, h("button", { type: "button", class: "iam-btn", onclick: go }, `Next: ${next.title}`))];
}
