// Texts that are only read: policies by their names, requests, messages.

import { h } from "./dom.js";
import { createViewer } from "./editor.js";
import { breakable } from "./text.js";

/** A document in the editor's colors, that can be read and not changed. `end` takes it away. */
export function reader(text, name) {
  const view = createViewer(text.trim(), `${name}, read-only`);
  return { dom: h("div", { class: "iam-ed read" }, view.dom), end: () => view.destroy() };
}

/** Policies, each under its name; one alone needs no heading where `name` says what it is. */
export function readers(policies) {
  const made = policies.map(({ name, text }) => ({ name, ...reader(text, name) }));
  return {
    dom: h("div", { class: "iam-readers" }, made.map(({ name, dom }) => h("section", {}, h("h4", {}, name), dom))),
    end: () => made.forEach(({ end }) => end()),
  };
}

/** Policies behind a line that opens; null where there are none. */
export function folded(title, policies) {
  if (!policies?.length) return null;
  const inner = readers(policies);
  return { dom: h("details", { class: "iam-fold" }, h("summary", {}, `${title} (${policies.length})`), inner.dom), end: inner.end };
}

/** A message or a record: what is JSON is shown as such. */
export function message(text) {
  if (/^\s*[{[]/.test(text)) return reader(text, "Record");
  const words = text.split(/(\s+)/).flatMap((word) => (/\S/.test(word) ? breakable(word) : word));
  return { dom: h("pre", { class: "iam-src" }, words), end: () => {} };
}

/** A request as terms: who, what, on what, and its context. */
export function request({ principal, action, resource, context }) {
  const pairs = Object.entries(context ?? {}).map(([key, value]) => [key, [value].flat().join(", ")]);
  return terms([["Principal", named(principal)], ["Action", action], ["Resource", resource], ...pairs]);
}

/** Terms in two columns. */
export function terms(pairs) {
  return h("dl", { class: "iam-witness" }, pairs.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, breakable(text))]));
}

/** A principal as one text. */
export function named(principal) {
  if (typeof principal === "string" || !principal) return principal ?? "";
  return Object.entries(principal).map(([type, name]) => `${type}: ${name}`).join(", ");
}
