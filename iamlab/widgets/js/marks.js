// Marks in the text: problems, and the statement that decided the chosen request.
//
// Both come with offsets into one revision of the text; between two reports they move along with what is typed.

import { forEachDiagnostic, setDiagnostics } from "@codemirror/lint";
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, lineNumberMarkers } from "@codemirror/view";
import { h } from "./dom.js";
import { fixName, look, name, page } from "./findings.js";
import { icon } from "./icons.js";
import { prose, sentences } from "./text.js";

const SEVERITIES = { error: "error", warning: "warning", advice: "info" };
const GRAVER = ["advice", "warning", "error"];

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

/** Show problems; `mend(problem)` applies the fix of one. */
export function markProblems(view, problems, mend) {
  const { doc } = view.state;
  const found = problems.map((problem) => diagnostic(problem, doc.length, mend));
  const worst = new Map();
  for (const problem of problems) {
    const line = doc.lineAt(Math.min(problem.from, doc.length)).from;
    worst.set(line, graver(look(problem), worst.get(line)));
  }
  const ranges = [...worst].map(([line, kind]) => new Sign(kind).range(line));
  view.dispatch({ effects: setSigns.of(RangeSet.of(ranges, true)) }, setDiagnostics(view.state, found));
}

const graver = (one, other) => (GRAVER.indexOf(one) > GRAVER.indexOf(other) ? one : other);

function diagnostic(problem, length, mend) {
  const from = Math.min(problem.from, length);
  const { fix } = problem;
  return {
    problem,
    from,
    to: Math.max(from, Math.min(problem.to, length)),
    severity: SEVERITIES[look(problem)],
    message: sentences(problem),
    renderMessage: () => h("span", { class: "iam-said" }, h("span", { class: `c-${look(problem)}` }, icon(look(problem), name(problem))), h("span", {}, prose(sentences(problem)), " ", page(problem))),
    actions: fix ? [{ name: fixName(fix), markClass: "iam-btn", apply: () => mend(problem) }] : [],
    source: fix ? "Ctrl + . does it" : undefined,
  };
}

/** The problems whose marks hold the selection, the shortest mark first. */
export function problemsAt(view) {
  const { from, to } = view.state.selection.main;
  const found = [];
  forEachDiagnostic(view.state, ({ problem }, start, end) => start <= from && to <= end && found.push([end - start, problem]));
  return found.sort(([one], [other]) => one - other).map(([, problem]) => problem);
}

/**
 * Light a statement in its decision's color, with those of its elements that do not match, and with `hits` those that do;
 * null for none. One that decides nothing has no sign.
 */
export function light(view, statement, decision, elements = [], { hits = false } = {}) {
  view.dispatch({ effects: setLit.of(statement ? lighting(view.state.doc, statement, decision, elements, hits) : NOTHING) });
}

function lighting(doc, statement, decision, elements, hits) {
  const line = Decoration.line({ class: `lit w-${decision}` });
  const miss = Decoration.mark({ class: "m-miss" });
  const hit = Decoration.mark({ class: "m-hit" });
  const first = doc.lineAt(Math.min(statement.from, doc.length));
  const last = doc.lineAt(Math.min(statement.to, doc.length));
  const ranges = [];
  for (let number = first.number; number <= last.number; number++) ranges.push(line.range(doc.line(number).from));
  for (const { name, matched, from, to } of elements) {
    const marked = matched === false ? miss : hits && matched && name !== "Effect" ? hit : null;
    if (marked && from < to && to <= doc.length) ranges.push(marked.range(from, to));
  }
  const sign = decision === "undecided" ? RangeSet.empty : RangeSet.of([new Sign(decision).range(first.from)]);
  return { lines: Decoration.set(ranges, true), sign };
}
