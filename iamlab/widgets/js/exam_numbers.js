// The numbers of an exam's questions: solid where answered, dashed where open, a flag at the corner, a ring where one is.

import { h, mark } from "./dom.js";
import { icon } from "./icons.js";

/** Make the numbers; `go(at)` goes to a question. */
export function createNumbers(sheet, go, look = "") {
  const rows = sheet.questions.map((question, at) => {
    const flag = icon("flag");
    const button = h("button", { type: "button", onclick: () => go(at) }, String(at + 1), flag);
    return { question, at, flag, button };
  });
  return {
    dom: h("ol", { class: `iam-nums num ${look}`, "aria-label": "Questions" }, rows.map(({ button }) => h("li", {}, button))),
    legend: h("div", { class: "iam-legend", "aria-hidden": "true" }, h("span", {}, h("i", { class: "done" }), "answered"), h("span", {}, h("i"), "open"), h("span", {}, icon("flag"), "flagged")),
    show() {
      for (const { question, at, flag, button } of rows) {
        const [done, flagged, here] = [sheet.isAnswered(question), sheet.isFlagged(question), at === sheet.at && look !== "wide"];
        button.classList.toggle("done", done);
        mark(flag, "hidden", !flagged);
        mark(button, "aria-current", here ? "step" : null);
        mark(button, "aria-label", [`${at + 1}`, done ? "answered" : "not answered", flagged && "flagged", here && "this question"].filter(Boolean).join(", "));
      }
    },
  };
}
