// The answer is chosen among options: one question (choose), or several on a message (diagnose).

import { h, mark } from "./dom.js";
import { inline } from "./markdown.js";
import { message, readers, request } from "./reading.js";
import { createVerdict, parsed } from "./said.js";

let groups = 0;

/** Make the answer of a choose or a diagnose exercise. */
export function createChoices({ session, edit }) {
  const { setup } = session;
  const isOne = setup.kind === "choose";
  const questions = (isOne ? [{ id: null, question: "", options: setup.options }] : setup.questions).map((question) => createQuestion(question, setup, () => edit(written())));
  const shown = isOne ? scenario(setup) : [message(setup.message)];
  const written = () => JSON.stringify(isOne ? questions[0].chosen() : Object.fromEntries(questions.flatMap((one) => one.chosen().map((id) => [one.id, id]))));
  const dom = h("div", { class: "iam-answer" }, shown.map((one) => one.dom), questions.map((one) => one.dom));
  const read = (text) => {
    const said = parsed(text, []);
    for (const one of questions) one.show(isOne ? [said].flat() : [said[one.id]]);
  };
  return {
    dom,
    show: read,
    put(text) {
      read(text);
      edit(text);
    },
    marks(result) {
      const before = result ? parsed(result.answer, []) : null;
      for (const one of questions) {
        one.marks((result?.marks ?? []).filter(({ question = null }) => question === one.id), before);
      }
    },
    lock: (on) => (dom.inert = on),
    end: () => shown.forEach((one) => one.end()),
  };
}

function scenario({ policies, requests }) {
  const asked = (requests ?? []).map((one) => ({ dom: h("div", { class: "iam-asked" }, h("h4", {}, "Request", requests.length > 1 ? [" ", h("code", {}, one.id)] : null), request(one)), end() {} }));
  return policies?.length ? [readers(policies), ...asked] : asked;
}

function createQuestion({ id, question, options }, { several, kind_word: word }, changed) {
  const group = `iam-q-${++groups}`;
  const rows = options.map((option, index) => createOption(option, index, { group, several, changed }));
  const legend = question ? h("legend", {}, inline(question)) : h("legend", { class: "sr" }, several ? word : "Choose one");
  return {
    id,
    dom: h("fieldset", { class: "iam-question" }, legend, h("ul", { class: "iam-opts" }, rows.map((row) => row.dom))),
    chosen: () => rows.filter((row) => row.input.checked).map((row) => row.id),
    show(chosen) {
      for (const row of rows) row.input.checked = chosen.includes(row.id);
    },
    /** Only what is still chosen keeps its mark. */
    marks(found) {
      for (const row of rows) row.mark(row.input.checked ? found.find((one) => one.id === row.id) : undefined);
    },
  };
}

function createOption({ id, text }, index, { group, several, changed }) {
  const input = h("input", { type: several ? "checkbox" : "radio", name: group, onchange: changed });
  const { state, tell, show } = createVerdict(`${group}-${index}`);
  return {
    id,
    input,
    dom: h("li", {}, h("label", { class: "iam-opt" }, input, h("span", { class: "key", "aria-hidden": "true" }, String.fromCharCode(97 + index)), h("span", {}, inline(text)), state), tell),
    mark(found) {
      show(found);
      mark(input, "aria-describedby", found?.text ? tell.id : null);
    },
  };
}
