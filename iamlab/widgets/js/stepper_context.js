// The context keys that the policies ask about: each has a value, is empty, or is absent, which is a state of its own.

import { h, mark } from "./dom.js";
import { choices } from "./segments.js";

const MEANING = { absent: "not in the request", empty: "in the request, with an empty value" };
let count = 0;

/** Make the table. `set(key, value)` gives a key a value; null takes it away. */
export function createContext(set) {
  const body = h("tbody");
  const dom = h("div", { class: "iam-context", hidden: true }, h("table", { "aria-label": "Context keys" }, h("thead", {}, h("tr", {}, ["Context key", "In this request", "Value"].map((words) => h("th", { scope: "col" }, words)))), body));
  const rows = new Map();
  return {
    dom,
    show(keys) {
      dom.hidden = keys.length === 0;
      for (const row of keys) if (!rows.has(row.key)) rows.set(row.key, createRow(row, set));
      const wanted = keys.map(({ key }) => rows.get(key).dom);
      if (wanted.length !== body.children.length || wanted.some((row, index) => body.children[index] !== row)) body.replaceChildren(...wanted);
      for (const row of keys) rows.get(row.key).show(row);
    },
  };
}

function createRow({ key, follows }, set) {
  const without = follows ? ["follows", "as it follows"] : ["absent", "absent"];
  let value = "";
  const state = choices(`iam-key-${++count}`, `${key} in this request`, [["value", "value"], ["empty", "empty"], without], () => chosen(state.read()));
  const input = h("input", { class: "iam-input", type: "text", "aria-label": `Value of ${key}`, spellcheck: "false", autocapitalize: "off", oninput: () => typed() });
  const none = h("span", { class: "none" });
  const dom = h("tr", {}, h("th", { scope: "row" }, h("code", {}, key)), h("td", {}, state.dom), h("td", { class: "val" }, input, none));

  function typed() {
    value = input.value;
    set(key, value);
  }

  function chosen(now) {
    set(key, { value: value || "value", empty: "", follows: null, absent: null }[now]);
    if (now === "value") input.focus();
  }

  return {
    dom,
    show({ state: now, values, given }) {
      const isHere = document.activeElement === input;
      const shown = isHere && now !== "absent" ? "value" : !given && follows ? "follows" : now;
      if (values.length && !isHere) value = input.value = values.join(", ");
      state.show(shown);
      mark(dom, "class", `is-${shown}`);
      input.hidden = shown in MEANING;
      mark(input, "readonly", shown === "follows");
      none.hidden = !(shown in MEANING);
      none.textContent = MEANING[shown] ?? "";
    },
  };
}
