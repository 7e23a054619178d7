// The parts around the editor: the bar over it, the line under it, the notice.

import { h, mark, say } from "./dom.js";
import { LOOKS } from "./findings.js";
import { icon } from "./icons.js";
import { prose } from "./text.js";

const SHOWN_KEYS = [
  [["Ctrl", "Space"], "complete"],
  [["F8"], "next problem"],
  [["Shift", "Enter"], "run cell"],
];
const COUNTED = { error: "error", warning: "warning", advice: "suggestion" };

/** The bar: whose policy, its state, Format and Reset. */
export function createBar(title, { format, reset }) {
  const meta = h("div", { class: "meta" });
  const formatter = h("button", { type: "button", class: "iam-btn quiet", onclick: () => enabled(formatter) && format() }, "Format");
  const resetter = h("button", { type: "button", class: "iam-btn quiet", onclick: () => enabled(resetter) && reset() }, icon("reset"), "Reset");
  return {
    dom: h("div", { class: "iam-bar" }, h("h3", {}, title), meta, h("div", { class: "push" }, formatter, resetter)),
    /** Say how many problems there are, or that there is none. */
    show({ summary, tally }) {
      const found = counts(tally);
      meta.replaceChildren(...(found.length ? found : [h("span", {}, prose(summary))]));
    },
    readable: (readable) => enable(formatter, readable, "The text cannot be formatted before it can be read."),
    changed: (differs) => enable(resetter, differs, "This is the starting policy."),
  };
}

const enabled = (button) => button.getAttribute("aria-disabled") !== "true";

function enable(button, on, reason) {
  mark(button, "aria-disabled", on ? null : "true");
  mark(button, "title", on ? null : reason);
}

/** How many there are of each look: security warnings count among the warnings, and their lines say what they are. */
function counts(tally) {
  return Object.entries(COUNTED)
    .map(([kind, noun]) => [kind, noun, Object.keys(LOOKS).reduce((sum, one) => sum + (LOOKS[one] === kind ? (tally[one] ?? 0) : 0), 0)])
    .filter(([, , count]) => count)
    .map(([kind, noun, count]) => h("span", { class: `c-${kind}` }, icon(kind), `${count} ${noun}${count === 1 ? "" : "s"}`));
}

/** The line under the editor: where the caret is, or which statement is lit; and the keys. */
export function createStatus() {
  const where = h("span", { class: "where" });
  const keys = SHOWN_KEYS.map(([names, words]) => h("span", {}, names.map((name) => h("kbd", {}, name)), words));
  return { dom: h("div", { class: "iam-status" }, where, h("span", { class: "iam-keys" }, keys)), show: (text) => say(where, text) };
}

/** One line for what is not as it should be, and is nobody's mistake: not saved, no kernel, opened elsewhere. */
export function createNotice() {
  const dom = h("div", { class: "iam-notice", role: "status" });
  const lines = new Map();
  return {
    dom,
    /** Say a sentence under a name, or take it back with an empty one. */
    show(name, sentence) {
      if ((lines.get(name) ?? "") === (sentence ?? "")) return;
      lines.set(name, sentence ?? "");
      const said = [...lines.values()].filter(Boolean);
      dom.replaceChildren(...said.map((text) => h("p", {}, h("span", { class: "c-warning" }, icon("warning")), h("span", {}, prose(text)))));
    },
  };
}
