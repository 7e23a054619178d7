// A field of one line with the same completion as the editor's: for the action and the context key of a request.

import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { completion } from "./completion.js";
import { onThePage } from "./editor.js";

const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll("\n", " ").trim();
  return { changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor: text.length } };
});

/** Make a field. `ask(prefix)` gives options; `changed` hears each change, `done` the Enter key. */
export function createField({ value, name, hint, ask, changed, done }) {
  const view = new EditorView({
    doc: value,
    selection: { anchor: 0, head: value.length }, // what is proposed gives way to what is typed
    extensions: [
      history(),
      oneLine,
      completion(({ text, offset }) => optionsFor(text, offset, ask)),
      keymap.of([{ key: "Enter", run: () => (done(), true) }, ...standardKeymap.filter(({ key }) => key !== "Enter"), ...historyKeymap]),
      onThePage(),
      placeholder(hint),
      EditorView.editorAttributes.of({ class: "iam-input" }),
      EditorView.contentAttributes.of({ "aria-label": name, "aria-multiline": "false", spellcheck: "false", autocapitalize: "off" }),
      EditorView.updateListener.of((update) => update.docChanged && changed()),
    ],
  });
  return { view, dom: view.dom, read: () => view.state.doc.toString().trim(), focus: () => view.focus(), end: () => view.destroy() };
}

async function optionsFor(text, offset, ask) {
  const options = await ask(text.slice(0, offset));
  return options?.length ? { from: 0, to: text.length, options } : null;
}
