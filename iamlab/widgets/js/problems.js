// The problem lines under the editor: sign, place, what is wrong and what would be right, the button that mends it.

import { h, mark } from "./dom.js";
import { fixLabel, fixName, look, name, page } from "./findings.js";
import { icon } from "./icons.js";
import { prose, sentences } from "./text.js";

const MOST = 8;

/** Make the list. `go(problem)` moves the caret there, `mend(problem)` applies the problem's fix. */
export function createProblems({ go, mend }) {
  const list = h("ul", { class: "iam-problems", "aria-label": "Problems", hidden: true });
  const open = new Set();
  let shown = "";
  return {
    dom: list,
    /** Show problems, of which there are `count` in all. */
    show(problems, count = problems.length) {
      const key = JSON.stringify([problems, count]);
      if (key === shown) return;
      shown = key;
      list.hidden = problems.length === 0;
      list.replaceChildren(...problems.slice(0, MOST).map((problem) => line(problem, { go, mend, open })), ...more(count));
    },
  };
}

function line(problem, { go, mend, open }) {
  const { line: row, column, fix } = problem;
  const where = `${row}:${column}`;
  return h(
    "li",
    { class: `is-${look(problem)}` },
    h("span", { class: `c-${look(problem)}` }, icon(look(problem), name(problem))),
    h("button", { type: "button", class: "where", "aria-label": `${where}, go to line ${row}, column ${column}`, onclick: () => go(problem) }, where),
    h("div", {}, sentence(problem, open)),
    fix ? h("div", { class: "fix" }, fixButton(problem, mend), fix.note ? h("span", { class: "muted" }, fix.note) : null) : h("span"),
  );
}

function fixButton(problem, mend) {
  const { fix } = problem;
  const label = fixLabel(fix);
  const whole = label === fix.title ? fixName(fix) : `${label}: ${fixName(fix)}`;
  return h("button", { type: "button", class: "iam-btn", title: fixName(fix), "aria-label": whole, onclick: () => mend(problem) }, prose(label));
}

/** What is wrong and what would be right; why that matters opens under it, and stays open for this kind of problem. */
function sentence(problem, open) {
  const { code, why } = problem;
  const said = h("p", {}, prose(sentences(problem)));
  if (!why) return [h("p", {}, prose(sentences(problem)), " ", page(problem))];
  const reason = h("p", { class: "why", hidden: !open.has(code) }, prose(why));
  const button = h("button", { type: "button", class: "iam-link", "aria-expanded": String(open.has(code)), onclick: toggle }, "Why it matters");
  return [said, h("p", { class: "links" }, button, page(problem)), reason];

  function toggle() {
    const opens = !open.delete(code) && Boolean(open.add(code));
    reason.hidden = !opens;
    mark(button, "aria-expanded", String(opens));
  }
}

function more(count) {
  return count > MOST ? [h("li", { class: "more" }, h("p", { class: "muted" }, `and ${count - MOST} more; they may go with the first ones. F8 goes through all.`))] : [];
}
