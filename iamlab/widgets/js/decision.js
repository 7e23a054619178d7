// A decision as it is shown everywhere: icon, word, color.

import { h } from "./dom.js";
import { icon } from "./icons.js";

export const WORDS = {
  allowed: "Allowed",
  explicitDeny: "Explicit deny",
  implicitDeny: "Implicit deny",
  undecided: "Not decided",
};

/** Make an element that shows a decision, and can be told another one. */
export function createDecision() {
  const dom = h("span", { class: "iam-d" });
  let shown = null;
  return {
    dom,
    show(decision) {
      if (decision === shown) return;
      shown = decision;
      dom.className = `iam-d d-${decision}`;
      dom.replaceChildren(icon(decision), WORDS[decision]);
    },
    clear() {
      shown = null;
      dom.replaceChildren();
    },
  };
}
