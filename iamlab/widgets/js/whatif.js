// "Ask about another request": a form that answers before anything is added.

import { createDecision } from "./decision.js";
import { h, mark, say } from "./dom.js";
import { createField } from "./field.js";
import { icon } from "./icons.js";
import { prose } from "./text.js";

let formCount = 0;
let pairCount = 0;

/**
 * Make the form. `ask(field, prefix)` completes, `changed(request)` hears each change ({} when the form closes),
 * `added(request)` the finished request, `closed()` that the form is gone.
 */
export function createWhatIf({ ask, changed, added, closed }) {
  const holder = h("div", { class: "iam-whatif-holder", hidden: true });
  let form = null;
  const close = () => {
    form?.end();
    form = null;
    holder.replaceChildren();
    holder.hidden = true;
    changed({});
    closed();
  };
  return {
    dom: holder,
    open(start) {
      if (form) return form.focus();
      form = createForm(start, { ask, changed, close, add: (request) => (close(), added(request)) });
      holder.replaceChildren(form.dom);
      holder.hidden = false;
      form.focus();
      form.tell();
    },
    show: (verdict, readable) => form?.show(verdict, readable),
    end: () => form?.end(),
  };
}

function createForm(start, { ask, changed, close, add }) {
  const id = `iam-whatif-${++formCount}`;
  const pairs = [];
  const read = () => request(action.read(), resource.value.trim(), pairs);
  const tell = () => {
    mark(adder, "aria-disabled", action.read() ? null : "true");
    changed(action.read() ? read() : {});
  };
  const submit = () => (action.read() ? add(read()) : action.focus());
  const common = { changed: tell, done: submit };
  const action = createField({ value: start.action, name: "Action", hint: "s3:GetObject", ask: (prefix) => ask("action", prefix), ...common });
  const resource = h("input", { class: "iam-input", id: `${id}-resource`, value: start.resource, placeholder: "* where the action takes no resource", spellcheck: "false", autocomplete: "off", oninput: tell });
  const keys = h("div", { class: "pairs" });
  const moreWords = h("span");
  const named = () => (say(moreWords, pairs.length ? "Another key" : "Add a context key"), tell());
  const another = () => addPair({ pairs, keys, id: `${id}-${++pairCount}`, ask, common, tell: named });
  const more = h("button", { type: "button", class: "iam-btn quiet", onclick: () => (another().focus(), named()) }, icon("plus"), moreWords);
  const adder = h("button", { type: "submit", class: "iam-btn primary" }, "Add to the table");
  const answer = createAnswer();
  const dom = h(
    "form",
    { class: "iam-whatif", "aria-label": "What-if request", onsubmit: (event) => (event.preventDefault(), submit()), onkeydown: (event) => onEscape(event, close) },
    labeled("Action", action.dom),
    h("div", { class: "iam-field" }, h("label", { for: resource.id }, "Resource"), resource),
    keys,
    h("div", { class: "act" }, more, answer.dom),
    answer.note,
    h("div", { class: "act" }, adder, h("button", { type: "button", class: "iam-btn quiet", onclick: close }, "Cancel")),
  );
  const end = () => [action, ...pairs.map(({ key }) => key)].forEach((field) => field.end());
  return { dom, tell: named, end, focus: () => action.focus(), show: answer.show };
}

function onEscape(event, close) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  close();
}

function labeled(words, field) {
  return h("div", { class: "iam-field" }, h("span", { class: "iam-label", "aria-hidden": "true" }, words), field);
}

function addPair({ pairs, keys, id, ask, common, tell }) {
  const key = createField({ value: "", name: "Context key", hint: "aws:SourceIp", ask: (prefix) => ask("key", prefix), ...common });
  const value = h("input", { class: "iam-input", id: `${id}-value`, spellcheck: "false", autocomplete: "off", oninput: tell });
  const remove = h("button", { type: "button", class: "iam-btn icon quiet", "aria-label": "Remove this key", title: "Remove this key" }, icon("no"));
  const dom = h("div", { class: "pair" }, labeled("Context key", key.dom), h("div", { class: "iam-field" }, h("label", { for: value.id }, "Value"), value), remove);
  const pair = { key, value, dom };
  remove.addEventListener("click", () => {
    pairs.splice(pairs.indexOf(pair), 1);
    dom.remove();
    tell();
    (pairs.at(-1)?.value ?? keys.parentElement.querySelector(".act button")).focus();
  });
  pairs.push(pair);
  keys.append(dom);
  return key;
}

/** The request that the fields name. A key that stands twice has two values; a comma is part of a value. */
function request(action, resource, pairs) {
  const context = {};
  for (const { key, value } of pairs) {
    const name = key.read();
    if (name) context[name] = name in context ? [context[name], value.value].flat() : value.value;
  }
  return { action, resource: resource || "*", context };
}

function createAnswer() {
  const decision = createDecision();
  const before = h("span", { class: "small muted" });
  const note = h("p", { class: "small muted note" });
  return {
    dom: h("span", { class: "answer", role: "status" }, before, decision.dom),
    note,
    show(verdict, readable) {
      say(before, verdict ? "would be" : readable ? "Name an action." : "The policy cannot be read yet.");
      if (verdict) decision.show(verdict.decision);
      else decision.clear();
      note.replaceChildren(...(verdict?.decision === "undecided" ? prose(verdict.reason) : []));
    },
  };
}
