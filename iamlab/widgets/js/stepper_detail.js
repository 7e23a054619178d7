// One step, beside the picture: its question, the answer so far, the policies that it asks, and what would change it.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";
import { reader } from "./reading.js";
import { elementList } from "./reason.js";
import { choices } from "./segments.js";
import { createPolicies } from "./stepper_policies.js";
import { prose } from "./text.js";

let count = 0;

/** Make the place. `typed(key, text)` hears of an edited policy, `predicted(said)` what a step is expected to do. */
export function createDetail(session, { typed, predicted }) {
  const head = h("h3");
  const question = h("p", { class: "question" });
  const help = h("p", { class: "muted" });
  const predicting = createPrediction(predicted);
  const running = h("div", { class: "iam-running" });
  const policies = createPolicies(session, typed);
  const elements = h("div", { class: "els" });
  const changes = createChanges();
  const dom = h("div", { class: "iam-detail", role: "region", "aria-label": "Step" }, h("div", {}, head, question, help), predicting.dom, running, policies.dom, elements, changes.dom);
  policies.onShown = (row) => elements.replaceChildren(...(row?.elements.length ? [elementList(row.elements)] : []));
  return {
    dom,
    focus: () => predicting.focus() || policies.focus(),
    follow: (edits) => policies.follow(edits),
    lock: (on) => policies.lock(on),
    show(node, picture, report) {
      const account = picture.rails.find(({ nodes }) => nodes.includes(node))?.account;
      head.replaceChildren(h("span", { class: "num" }, `${node.number}`), node.title, ...(account ? [h("span", { class: "muted" }, `in ${account}`)] : []));
      say(question, node.question);
      say(help, node.help);
      predicting.show(node, picture.awaits === node.number);
      fillRunning(running, node, picture.awaits === node.number);
      policies.show(node, report);
      changes.show(node, picture);
    },
    end() {
      policies.end();
      changes.end();
    },
  };
}

function fillRunning(dom, { running, state }, isAwaited) {
  dom.hidden = isAwaited || (state === "open" && !running.text);
  const { decision, word, text } = running;
  dom.replaceChildren(h("span", { class: "muted" }, "Answer so far"), h("span", { class: `iam-d d-${decision}` }, icon(decision), word), h("span", { class: "muted" }, prose(text)));
}

/** The question that a step puts to the learner first, and afterwards how the two answers compare. */
function createPrediction(predicted) {
  const dom = h("div", { class: "iam-predict", hidden: true });
  let asked = "";
  const ask = ({ choices: options, policies }) => {
    const words = { on: "goes on", allowed: "decided: allowed", explicitDeny: "decided: explicit deny", implicitDeny: "decided: implicit deny" };
    const group = choices(`iam-say-${++count}`, "What does this step do?", options.map((one) => [one, one === "on" ? [words.on] : [icon(one), words[one]]]), () => mark(button, "aria-disabled", null));
    const button = h("button", { type: "button", class: "iam-btn primary", "aria-disabled": "true", onclick: () => group.read() && predicted(group.read()) }, "Show the step's answer");
    dom.replaceChildren(h("h4", {}, policies.length ? "What does this step do?" : "No policy of this kind. What is decided?"), group.dom, button);
  };
  return {
    dom,
    /** Go to the question, where there is one. */
    focus() {
      const first = dom.hidden ? null : dom.querySelector("input");
      first?.focus();
      return Boolean(first);
    },
    show(node, isAwaited) {
      dom.hidden = !isAwaited && !node.prediction;
      const key = JSON.stringify([isAwaited, node.number, node.choices, node.prediction]);
      if (key === asked) return;
      asked = key;
      if (isAwaited) return ask(node);
      if (!node.prediction) return dom.replaceChildren();
      const { right, text } = node.prediction;
      dom.replaceChildren(h("p", { class: right ? "is-right" : "is-partly" }, icon(right ? "ok" : "dash"), text));
    },
  };
}

/** What would have to change for the request to be allowed; each statement to add stands whole. */
function createChanges() {
  const dom = h("div", { class: "iam-result note", hidden: true });
  let drawn = "";
  let read = [];
  const close = () => read.forEach(({ end }) => end());
  return {
    dom,
    show({ number, outcome }, { changes, deciding, decision }) {
      dom.hidden = decision === "allowed" || !changes.length || !(number === deciding || (outcome && outcome !== "allowed"));
      const key = JSON.stringify(changes);
      if (dom.hidden || key === drawn) return;
      drawn = key;
      close();
      read = changes.filter(({ statement }) => statement).map(({ statement }) => reader(pretty(statement), "Statement to add"));
      const texts = [...read];
      dom.replaceChildren(h("h4", {}, "What would change it"), ...changes.flatMap(({ text, statement }) => [h("p", {}, prose(text)), statement ? texts.shift().dom : null]).filter(Boolean));
    },
    end: close,
  };
}

function pretty(statement) {
  return JSON.stringify(JSON.parse(statement), null, 2);
}
