// The editor of a policy's text: CodeMirror, with the kit's keys, marks and completion.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { linter, nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, closeHoverTooltips, hasHoverTooltips, highlightActiveLine, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { completion } from "./completion.js";
import { layer } from "./layer.js";
import { marks } from "./marks.js";
import { syntax } from "./syntax.js";
import { wrapping } from "./wrapping.js";

/** Marks a change that came from outside, and is not to be sent again. */
const fromOutside = Annotation.define();
const writable = new Compartment();

/** F8 goes through the marks and says each; Ctrl-. mends what the caret is in; Escape closes what a mark says. */
const problemKeys = ({ met, mend }) => [
  { key: "F8", run: (view) => met(nextDiagnostic(view)), shift: (view) => met(previousDiagnostic(view)) },
  { key: "Ctrl-.", run: mend },
  { key: "Escape", run: closeTooltips },
];

const KEYS = [
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...historyKeymap,
  ...foldKeymap,
  indentWithTab,
];

/** Tooltips hang on the page, fixed: an output area would cut them off. */
export const onThePage = () => tooltips({ position: "fixed", parent: layer() });

function closeTooltips(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

function extensions({ ask, changed, moved, met, mend }, name) {
  return [
    lineNumbers(),
    foldGutter({ openText: "⌄", closedText: "›" }),
    codeFolding({ placeholderText: "…" }),
    history(),
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    json(),
    syntax,
    wrapping,
    linter(null),
    marks,
    completion(ask),
    keymap.of([...problemKeys({ met, mend }), ...KEYS]),
    onThePage(),
    writable.of([]),
    EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
    EditorView.updateListener.of((update) => {
      const typed = update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside));
      if (typed) changed(update.state.doc.toString());
      if (update.docChanged || update.selectionSet) moved();
    }),
  ];
}

/**
 * Make the editor. `ask` answers completions, `changed` gets each new text, `moved` hears of caret and text, `met` that
 * a key went to a problem, and `mend` mends the problem at the caret.
 */
export function createEditor(text, listeners, name = "Policy, JSON") {
  return new EditorView({ doc: text, extensions: extensions(listeners, name) });
}

/** Make a text that can be read, reached and copied, and not changed. */
export function createViewer(text, name) {
  const attributes = { "aria-label": name, "aria-readonly": "true", tabindex: "0" };
  const reading = [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of(attributes)];
  return new EditorView({ doc: text, extensions: [lineNumbers(), json(), syntax, wrapping, marks, reading] });
}

/** Replace as little as it takes to make the text `text`: marks and caret stay where they can. One undo step. */
export function setText(view, text, { typed = false } = {}) {
  const old = view.state.doc.toString();
  if (old === text) return;
  let [start, end, newEnd] = [0, old.length, text.length];
  while (start < end && start < newEnd && old[start] === text[start]) start++;
  while (end > start && newEnd > start && old[end - 1] === text[newEnd - 1]) [end, newEnd] = [end - 1, newEnd - 1];
  view.dispatch({
    changes: { from: start, to: end, insert: text.slice(start, newEnd) },
    annotations: typed ? [] : fromOutside.of(true),
    userEvent: typed ? "input.replace" : undefined,
  });
}

/** Let the text be changed, or only read. */
export function setWritable(view, on) {
  view.dispatch({ effects: writable.reconfigure(on ? [] : EditorState.readOnly.of(true)) });
}

/** Put the caret at an offset, in sight, with the focus. */
export function goTo(view, from, to = from) {
  const { length } = view.state.doc;
  view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
  view.focus();
}

/** Bring a place into sight inside the editor, and only if it is out of sight there. */
export function reveal(view, { from, to }) {
  const { scrollDOM } = view;
  if (scrollDOM.scrollHeight <= scrollDOM.clientHeight) return;
  const [top, bottom] = [view.lineBlockAt(from).top, view.lineBlockAt(to).bottom];
  const seen = top >= scrollDOM.scrollTop && bottom <= scrollDOM.scrollTop + scrollDOM.clientHeight;
  if (!seen) scrollDOM.scrollTop = Math.max(0, top - 24);
}

/** The caret's place in words: columns in code points, as everywhere else. */
export function place(view) {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  return `Line ${line.number}, column ${[...line.text.slice(0, head - line.from)].length + 1}`;
}
