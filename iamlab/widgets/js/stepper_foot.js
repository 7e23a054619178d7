// Under the picture: the keys, and what can be tried with all of the policies at once.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";

const KEYS = [
  [["←", "→"], "step"],
  [["Home", "End"], "first, deciding"],
  [["Enter"], "into the policy"],
  [["Esc"], "back to the steps"],
];

/** Make it. `shuffle()` puts statements into another order, `reset()` takes all changes back. */
export function createFoot({ shuffle, reset }) {
  const resetter = h("button", { type: "button", class: "iam-btn quiet", onclick: () => resetter.getAttribute("aria-disabled") !== "true" && reset() }, icon("reset"), "Reset");
  const said = h("p", { class: "small muted said", hidden: true });
  const keys = KEYS.map(([names, words]) => h("span", {}, names.map((name) => h("kbd", {}, name)), words));
  return {
    dom: h("div", { class: "iam-stepfoot" }, h("div", { class: "ways" }, h("button", { type: "button", class: "iam-btn", onclick: shuffle }, "Shuffle statements"), resetter), said, h("div", { class: "iam-keys" }, keys)),
    changed(differs) {
      mark(resetter, "aria-disabled", differs ? null : "true");
      mark(resetter, "title", differs ? null : "Nothing has been changed.");
    },
    say(sentence) {
      said.hidden = !sentence;
      say(said, sentence);
    },
  };
}
