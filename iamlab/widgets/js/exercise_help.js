// Help under the buttons: hints, one after the other, and the solution once it was asked for.

import { h } from "./dom.js";
import { reader } from "./reading.js";
import { inline, markdown } from "./markdown.js";

/** Make the place. `show()` asks for the solution, `put(text)` takes it as the answer, `closed()` hears of "Not yet". */
export function createHelp({ show, put, closed }) {
  const hints = h("ol", { class: "iam-hints", "aria-label": "Hints", hidden: true });
  const asking = h("div", { class: "iam-asking", role: "group", "aria-label": "Solution", hidden: true });
  const solution = h("div", { class: "iam-result note", role: "region", "aria-label": "Solution", hidden: true });
  let drawn = null;
  let code = null;

  const drawSolution = (told, kind) => {
    code?.end();
    code = told.lines.length ? null : reader(told.answer, "Solution");
    const lines = kind === "order" ? "ol" : "ul";
    const answer = code?.dom ?? h("div", { class: "iam-prose" }, h(lines, {}, told.lines.map((line) => h("li", {}, inline(line)))));
    const taker = h("button", { type: "button", class: "iam-btn", onclick: () => put(told.answer) }, kind === "policy" ? "Put it into the editor" : "Put it in as the answer");
    solution.replaceChildren(h("h4", {}, "Solution"), answer, h("div", { class: "iam-prose" }, markdown(told.why)), h("p", {}, taker));
  };

  return {
    dom: h("div", { class: "iam-help" }, asking, hints, solution),
    /** Show what was taken so far. */
    show({ hints: taken, solution: told }, { kind }) {
      if (hints.children.length !== taken.length) hints.replaceChildren(...taken.map(hint));
      hints.hidden = !taken.length;
      const key = JSON.stringify(told);
      if (key === drawn) return;
      drawn = key;
      solution.hidden = !told;
      asking.hidden ||= Boolean(told);
      if (told) drawSolution(told, kind);
    },
    /** Open or close the solution; returns whether it is open. */
    toggle() {
      solution.hidden = !solution.hidden;
      return !solution.hidden;
    },
    /** Ask once whether the solution shall be shown. */
    ask({ points }) {
      const close = () => {
        asking.hidden = true;
        closed();
      };
      const yes = h("button", { type: "button", class: "iam-btn", onclick: () => (show(), close()) }, "Show it");
      const no = h("button", { type: "button", class: "iam-btn quiet", onclick: close }, "Not yet");
      const standing = points.includes(" of ") ? `Points stay at ${points}` : "It then gives no points";
      asking.replaceChildren(h("p", {}, `Show the solution? ${standing}; what is checked afterwards adds none.`), h("span", { class: "ways" }, yes, no));
      asking.hidden = false;
      yes.focus();
    },
    end: () => code?.end(),
  };
}

function hint(text, index) {
  return h("li", {}, h("span", { class: "n" }, `Hint ${index + 1}`), h("span", {}, inline(text)));
}
