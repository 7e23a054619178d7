// One of a few, as a row of words.

import { h } from "./dom.js";

/** A radio group as a row of words. */
export function choices(group, label, options, changed) {
  const inputs = options.map(([value]) => h("input", { type: "radio", name: group, value, onchange: changed }));
  return {
    dom: h("span", { class: "iam-seg", role: "radiogroup", "aria-label": label }, options.map(([, words], index) => h("label", {}, inputs[index], words))),
    read: () => inputs.find((input) => input.checked)?.value,
    show(value) {
      for (const input of inputs) if (input.checked !== (input.value === value)) input.checked = input.value === value;
    },
  };
}
