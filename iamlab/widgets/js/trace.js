// The trace of a decision: each step with its question and its answer, up to the one that decided.

import { createDecision } from "./decision.js";
import { h, mark } from "./dom.js";
import { icon } from "./icons.js";

/** Make a button and the trace that opens under it; `ask()` fetches the explanation once. */
export function createTrace(action, ask) {
  const steps = h("ol", { class: "iam-trace", "aria-label": `Steps for ${action}`, hidden: true });
  const button = h("button", { type: "button", class: "iam-link", "aria-expanded": "false", onclick: toggle }, "Step by step");
  const dom = h("div", { hidden: true }, button, steps);

  async function toggle() {
    if (!steps.children.length) {
      const found = await ask();
      if (found) steps.replaceChildren(...found.steps.map(step));
    }
    steps.hidden = !steps.hidden;
    mark(button, "aria-expanded", String(!steps.hidden));
  }

  return {
    dom,
    offer(on) {
      dom.hidden = !on;
    },
  };
}

function step({ name, question, answer, note, outcome }) {
  const said = answer === null ? "not asked" : [answer, note].filter(Boolean).join(": ");
  const decision = createDecision();
  if (outcome) decision.show(outcome);
  const sign = h("span", { class: "muted" }, icon(answer === null ? "dash" : outcome ? "play" : "ok"));
  return h("li", { class: answer === null ? "todo" : null }, sign, h("span", {}, h("b", {}, name), " ", h("span", { class: "muted" }, question)), outcome ? decision.dom : h("span", { class: "muted" }, said));
}
