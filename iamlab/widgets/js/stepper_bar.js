// The bar over the stepper: whose evaluation it is, and the buttons that go through it.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";

const FIRST = "This is the first step.";
const LAST = "This is the last step.";
const AWAITED = "Answer this step first.";
const HERE = "This is the deciding step.";
const OPEN = "The decision follows from your answers.";

/** Make the bar. `go(number)` goes to a step, `by(count)` some steps on, `end()` to the deciding step. */
export function createStepperBar({ title }, { go, by, end }) {
  const accounts = h("span");
  const button = (sign, name, act, look = "") => {
    const dom = h("button", { type: "button", class: `iam-btn icon ${look}`, "aria-label": name, title: name, onclick: () => dom.getAttribute("aria-disabled") !== "true" && act() }, icon(sign));
    return dom;
  };
  const buttons = {
    "First step": button("first", "First step", () => go(1), "quiet"),
    Back: button("left", "Back", () => by(-1)),
    Next: button("right", "Next", () => by(1)),
    "To the decision": button("last", "To the decision", end, "quiet"),
  };
  const place = h("span", { class: "small num place" });
  const why = h("button", { type: "button", class: "iam-link", onclick: end, hidden: true }, "Why not allowed?");
  const enable = (name, reason) => {
    mark(buttons[name], "aria-disabled", reason ? "true" : null);
    mark(buttons[name], "title", reason ? `${name}: ${reason}` : name);
  };
  return {
    dom: h("div", { class: "iam-bar" }, h("h3", {}, title), h("div", { class: "meta" }, accounts), h("div", { class: "push steps" }, why, buttons["First step"], buttons.Back, place, buttons.Next, buttons["To the decision"])),
    show({ accounts: shown, decision, deciding, awaits }, at, count) {
      say(accounts, shown);
      say(place, `Step ${at} of ${count}`);
      enable("First step", at === 1 && FIRST);
      enable("Back", at === 1 && FIRST);
      enable("Next", (at === awaits && AWAITED) || (at === count && LAST));
      enable("To the decision", deciding === null ? OPEN : at === deciding && HERE);
      why.hidden = deciding === null || decision === "allowed" || at === deciding;
    },
  };
}
