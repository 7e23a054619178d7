// The answer of a kind that has no panel of its own: its JSON, as it stands in an answer cell.

import { h } from "./dom.js";
import { createEditor, setText, setWritable } from "./editor.js";

/** Make the answer of any exercise. Until something is typed, what there is to fill in stands there. */
export function createTextAnswer({ session, edit }) {
  const { setup } = session;
  const shown = (text) => (text === setup.start ? setup.template : text);
  const heard = { ask: async () => null, changed: edit, moved() {}, met: () => false, mend: () => false };
  const editor = createEditor(shown(session.text), heard, "Answer, JSON");
  return {
    dom: h("div", { class: "iam-ed" }, editor.dom),
    show: (text) => setText(editor, shown(text)),
    put: (text) => setText(editor, shown(text), { typed: true }),
    marks() {},
    lock: (on) => setWritable(editor, !on),
    end: () => editor.destroy(),
  };
}
