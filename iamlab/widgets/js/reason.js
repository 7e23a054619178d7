// Why a request is decided as it is: a sentence, and the elements of the statement one by one.

import { h, mark } from "./dom.js";
import { icon } from "./icons.js";
import { plain, prose } from "./text.js";

const MATCHES = {
  true: ["ok", "matches", "iam-ok"],
  false: ["no", "does not match", "iam-no"],
  null: ["dash", "not set", "muted"],
};

/** Make the region that opens under a row. */
export function createReason({ action }, id) {
  return h("div", { class: "iam-why", id, role: "region", "aria-label": `Why ${action} is decided so`, hidden: true });
}

/** Fill it from a verdict; what has not changed is left alone. */
export function fillReason(region, { reason, elements }) {
  const key = JSON.stringify([reason, elements.map(({ name, matched, text }) => [name, matched, text])]);
  if (region.dataset.key === key) return;
  mark(region, "data-key", key);
  region.replaceChildren(h("p", {}, prose(reason)), ...(elements.length ? [elementList(elements)] : []));
}

/** The elements of a statement, each with whether it matches and why. */
export function elementList(elements) {
  return h("dl", { class: "iam-el" }, elements.map(element));
}

function element({ name, matched, text }) {
  const [kind, word, tone] = MATCHES[String(matched)];
  return h("div", {}, h("dt", { class: "name" }, h("span", { class: tone }, icon(kind, word)), name), h("dd", {}, prose(text)));
}

/** The whole verdict as a sentence. */
export function spoken({ action, word, reason }) {
  return `${action}: ${word}. ${plain(reason)}`;
}
