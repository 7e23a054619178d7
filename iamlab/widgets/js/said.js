// What an answer says, and what is said of one thing in it.

import { h } from "./dom.js";
import { lesson } from "./exercise_result.js";
import { icon } from "./icons.js";
import { inline } from "./markdown.js";

/** What an answer's text says; `otherwise` where it says nothing that can be read. */
export function parsed(text, otherwise) {
  try {
    return JSON.parse(text) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** The mark of one thing, `state`, and the sentence on it, `tell`; `show` what was found, or nothing. */
export function createVerdict(id = null) {
  const state = h("span", { class: "iam-mark" });
  const tell = h("p", { class: "tell", id, hidden: true });
  return {
    state,
    tell,
    show(found) {
      state.className = `iam-mark ${found ? (found.right ? "is-right" : "is-wrong") : ""}`;
      state.replaceChildren(...(found ? [icon(found.right ? "ok" : "no"), found.right ? "right" : "not so"] : []));
      tell.hidden = !found?.text;
      tell.replaceChildren(...(found?.text ? [...inline(found.text), ...lesson(found.lesson)] : []));
    },
  };
}
