// The answer matches things: to each on the left one of the choices.

import { h } from "./dom.js";
import { inline } from "./markdown.js";
import { createVerdict, parsed } from "./said.js";
import { plain } from "./text.js";

/** Make the answer of a match exercise. */
export function createMatches({ session, edit }) {
  const { left, choices } = session.setup;
  const rows = left.map((one) => createRow(one, choices, () => edit(written())));
  const written = () => JSON.stringify(Object.fromEntries(rows.filter(({ select }) => select.value).map(({ id, select }) => [id, select.value])));
  const dom = h("div", { class: "iam-answer" }, h("ul", { class: "iam-preds" }, rows.map((row) => row.dom)));
  const read = (text) => {
    const said = parsed(text, {});
    for (const { id, select } of rows) select.value = choices.some((one) => one.id === said[id]) ? said[id] : "";
  };
  return {
    dom,
    show: read,
    put(text) {
      read(text);
      edit(text);
    },
    marks(result) {
      const before = result ? parsed(result.answer, {}) : {};
      for (const row of rows) row.mark(before[row.id] === row.select.value ? result?.marks.find(({ id }) => id === row.id) : undefined);
    },
    lock: (on) => (dom.inert = on),
    end() {},
  };
}

function createRow({ id, text }, choices, changed) {
  const select = h("select", { class: "iam-input", "aria-label": plain(text), onchange: changed }, h("option", { value: "" }, "What goes with it?"), choices.map((one) => h("option", { value: one.id }, plain(one.text))));
  const { state, tell, show } = createVerdict();
  return {
    id,
    select,
    dom: h("li", { class: "iam-pred" }, h("div", { class: "iam-match" }, h("span", {}, inline(text)), select, state), tell),
    mark: show,
  };
}
