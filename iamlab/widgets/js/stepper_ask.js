// The request: who asks for what on what. Each is chosen from what there is, or written.

import { h, mark } from "./dom.js";
import { named } from "./reading.js";

const FIELDS = { principal: "Principal", action: "Action", resource: "Resource" };
const OTHER = "other";
let count = 0;

/** Make the fields. `change(fields)` hears what was chosen. */
export function createAsk({ requests, choices }, change) {
  let id = requests[0].id;
  let shown = {};
  const put = (name, value) => {
    shown = { ...shown, [name]: value };
    change({ request: { id, ...shown }, said: [] });
  };
  const fields = Object.entries(FIELDS).map(([name, label]) => [name, createChoice(label, choices[name], (value) => put(name, value))]);
  const listed = createListed(requests, (chosen) => change({ request: { id: chosen }, context: {}, said: [] }));
  return {
    dom: h("div", { class: "iam-ask" }, requests.length > 1 ? listed.dom : null, fields.map(([, field]) => field.dom)),
    show(chosen, request) {
      id = chosen ?? requests[0].id;
      shown = request;
      listed.show(id);
      for (const [name, field] of fields) field.show(request[name]);
    },
  };
}

function createListed(requests, chosen) {
  const id = `iam-ask-${++count}`;
  const select = h("select", { id, class: "iam-input", onchange: () => chosen(select.value) }, requests.map(({ id: value, title }) => h("option", { value }, title)));
  return { dom: h("div", { class: "iam-field listed" }, h("label", { for: id }, "Request"), select), show: (value) => (select.value = value) };
}

/** A list whose last entry turns it into a text field, and back. */
function createChoice(label, values, changed) {
  const id = `iam-ask-${++count}`;
  const options = values.map((value, index) => h("option", { value: index }, short(named(value))));
  const select = h("select", { id, class: "iam-input", onchange: chosen }, options, h("option", { value: OTHER }, "Write another …"));
  const input = h("input", { class: "iam-input", type: "text", "aria-label": label, spellcheck: "false", autocapitalize: "off", hidden: true, oninput: () => changed(input.value.trim()) });
  const back = h("button", { type: "button", class: "iam-link", hidden: true, onclick: toList }, "Choose");
  const dom = h("div", { class: "iam-field" }, h("span", { class: "head" }, h("label", { for: id }, label), back), select, input);
  let isWritten = false;

  function write(on) {
    isWritten = on;
    select.hidden = on;
    input.hidden = back.hidden = !on;
  }

  function chosen() {
    if (select.value !== OTHER) return changed(values[Number(select.value)]);
    write(true);
    input.focus();
    input.select();
  }

  function toList() {
    write(false);
    select.value = "0";
    changed(values[0]);
    select.focus();
  }

  return {
    dom,
    show(value) {
      const index = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(value));
      if (document.activeElement !== input) input.value = named(value);
      if (index < 0) write(true);
      else if (!isWritten) select.value = String(index);
      mark(select, "title", named(value));
    },
  };
}

/** An ARN without what is the same in all of them; its account stays. */
function short(text) {
  const [, , service, , account, ...rest] = text.split(":");
  return /^(iam|sts)$/.test(service ?? "") && account ? `${rest.join(":")} · ${account}` : text;
}
