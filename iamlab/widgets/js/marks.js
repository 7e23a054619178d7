// Marks in the text: problems, and the statement that decided the chosen request.
//
// Both come with offsets into one revision of the text; between two reports they move along with what is typed.

import { setDiagnostics } from "@codemirror/lint";
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, lineNumberMarkers } from "@codemirror/view";
import { h } from "./dom.js";
import { prose, sentences } from "./text.js";

const SEVERITIES = { error: "error", warning: "warning", advice: "info" };

/** A sign before a line's number: the gutter cell gets a class, the style sheet draws it. */
class Sign extends GutterMarker {
  constructor(kind) {
    super();
    this.elementClass = `sign sign-${kind}`;
  }

  eq(other) {
    return this.elementClass === other.elementClass;
  }
}

const NOTHING = { lines: Decoration.none, sign: RangeSet.empty };
const setSigns = StateEffect.define();
const setLit = StateEffect.define();

const signs = StateField.define({
  create: () => RangeSet.empty,
  update: (value, transaction) => latest(transaction, setSigns) ?? value.map(transaction.changes),
  provide: (field) => lineNumberMarkers.from(field),
});

const lit = StateField.define({
  create: () => NOTHING,
  update(value, transaction) {
    const { changes } = transaction;
    return latest(transaction, setLit) ?? { lines: value.lines.map(changes), sign: value.sign.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.lines),
    lineNumberMarkers.from(field, (value) => value.sign),
  ],
});

export const marks = [signs, lit];

function latest(transaction, type) {
  return transaction.effects.findLast((effect) => effect.is(type))?.value;
}

/** Show a report's problems. */
export function markProblems(view, problems) {
  const { doc } = view.state;
  const found = problems.map((problem) => diagnostic(problem, doc.length));
  const worst = new Map();
  for (const { severity, from } of problems) {
    const line = doc.lineAt(Math.min(from, doc.length)).from;
    worst.set(line, [worst.get(line), severity].find((one) => one === "error") ?? worst.get(line) ?? severity);
  }
  const ranges = [...worst].map(([line, severity]) => new Sign(severity).range(line));
  view.dispatch({ effects: setSigns.of(RangeSet.of(ranges, true)) }, setDiagnostics(view.state, found));
}

function diagnostic(problem, length) {
  const from = Math.min(problem.from, length);
  return {
    from,
    to: Math.max(from, Math.min(problem.to, length)),
    severity: SEVERITIES[problem.severity] ?? "error",
    message: sentences(problem),
    renderMessage: () => h("span", {}, prose(sentences(problem))),
  };
}

/** Light a statement in its decision's color, with those of its elements that do not match; null for none. */
export function light(view, statement, decision, elements = []) {
  view.dispatch({ effects: setLit.of(statement ? lighting(view.state.doc, statement, decision, elements) : NOTHING) });
}

function lighting(doc, statement, decision, elements) {
  const line = Decoration.line({ class: `lit w-${decision}` });
  const miss = Decoration.mark({ class: "m-miss" });
  const first = doc.lineAt(Math.min(statement.from, doc.length));
  const last = doc.lineAt(Math.min(statement.to, doc.length));
  const ranges = [];
  for (let number = first.number; number <= last.number; number++) ranges.push(line.range(doc.line(number).from));
  for (const { matched, from, to } of elements) {
    if (matched === false && from < to && to <= doc.length) ranges.push(miss.range(from, to));
  }
  return { lines: Decoration.set(ranges, true), sign: RangeSet.of([new Sign(decision).range(first.from)]) };
}
