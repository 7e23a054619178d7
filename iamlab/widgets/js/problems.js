// The problem lines under the editor: sign, place, what is wrong and what would be right, the button that mends it.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { prose, sentences } from "./text.js";

const MOST = 8;
const NAMES = { error: "Error", warning: "Warning", advice: "Suggestion" };

/** Make the list. `go(problem)` moves the caret there, `mend(problem)` applies the problem's fix. */
export function createProblems({ go, mend }) {
  const list = h("ul", { class: "iam-problems", "aria-label": "Problems", hidden: true });
  let shown = "";
  return {
    dom: list,
    show(problems) {
      const key = JSON.stringify(problems);
      if (key === shown) return;
      shown = key;
      list.hidden = problems.length === 0;
      list.replaceChildren(...problems.slice(0, MOST).map((problem) => line(problem, { go, mend })), ...more(problems.length));
    },
  };
}

function line(problem, { go, mend }) {
  const { severity, line: row, column, fix } = problem;
  const where = `${row}:${column}`;
  return h(
    "li",
    {},
    h("span", { class: `c-${severity}` }, icon(severity, NAMES[severity] ?? NAMES.error)),
    h("button", { type: "button", class: "where", "aria-label": `${where}, go to line ${row}, column ${column}`, onclick: () => go(problem) }, where),
    h("p", {}, prose(sentences(problem)), page(problem)),
    fix ? h("button", { type: "button", class: "iam-btn", onclick: () => mend(problem) }, prose(fix.title)) : h("span"),
  );
}

/** The page of AWS's documentation that holds the rule. */
function page({ reference }) {
  if (!/^https:\/\//.test(reference ?? "")) return null;
  return [" ", h("a", { href: reference, target: "_blank", rel: "noreferrer" }, "AWS page", h("span", { class: "sr" }, ", opens a new tab"))];
}

function more(count) {
  return count > MOST ? [h("li", { class: "more" }, h("p", { class: "muted" }, `and ${count - MOST} more; they may go with the first ones.`))] : [];
}
