// What was found in the text: when it is shown, and what mends it.
//
// Decisions change at every key; what lint finds does not have to. What is no longer so goes at once, what is new comes
// when typing rests: a name is wrong until it is whole.

import { isolateHistory } from "@codemirror/commands";
import { goTo } from "./editor.js";
import { fixName, name } from "./findings.js";
import { markProblems, problemsAt } from "./marks.js";
import { createProblems } from "./problems.js";
import { plain, sentences } from "./text.js";

const REST = 500;

/** What makes two problems the same, wherever the text has moved them. */
const identity = ({ code, message }) => `${code} ${message}`;

export class Found {
  #shown = { problems: [], readable: true, revision: -1 };
  #typedAt = -Infinity;
  #rest = null;

  constructor({ session, editor, bar, announcer }) {
    Object.assign(this, { session, editor, bar, announcer });
    this.list = createProblems({ go: ({ from, to }) => goTo(editor, from, to), mend: (problem) => this.#mend(problem) });
  }

  get dom() {
    return this.list.dom;
  }

  /** Take a report on the text as it stands. One in which lint has not spoken yet leaves what lint said before. */
  take(report) {
    clearTimeout(this.#rest);
    if (report.linted) this.#find(report);
    else if (!this.#shown.readable) this.#show(report, []);
  }

  typed() {
    this.#typedAt = performance.now();
  }

  end() {
    clearTimeout(this.#rest);
  }

  #find(report) {
    const wait = this.#typedAt + REST - performance.now();
    const known = new Set(this.#shown.problems.map(identity));
    const isKnown = (problem) => known.has(identity(problem));
    if (!report.readable || wait <= 0 || report.problems.every(isKnown)) return this.#show(report, report.problems);
    this.#mark(report, report.problems.filter(isKnown));
    this.#rest = setTimeout(() => this.#again(), wait);
  }

  #again() {
    const { report, revision } = this.session;
    if (report.revision === revision) this.take(report);
  }

  #show(report, problems) {
    this.bar.show(report);
    this.#mark(report, problems);
  }

  #mark({ revision, readable, tally }, problems) {
    const shown = this.#shown;
    const isSame = revision === shown.revision && JSON.stringify(problems) === JSON.stringify(shown.problems);
    this.#shown = { problems, readable, revision };
    if (!isSame) markProblems(this.editor, problems, (problem) => this.#mend(problem));
    const count = Object.values(tally).reduce((sum, one) => sum + one, 0);
    this.list.show(problems, problems.length && count);
  }

  /** A key went to a problem: it is said, with what mends it. */
  met() {
    const [problem] = problemsAt(this.editor);
    if (!problem) return true;
    const cure = problem.fix ? ` Control and full stop: ${fixName(problem.fix)}.` : "";
    this.announcer.announce(`${name(problem)}: ${plain(sentences(problem))}${cure}`);
    return true;
  }

  /** Mend the problem at the caret. */
  mendHere() {
    const problem = problemsAt(this.editor).find(({ fix }) => fix);
    if (problem) this.#mend(problem);
    return true;
  }

  /** One undo step. A fix is for the text in which its problem was found, and for no other. */
  #mend({ fix }) {
    if (this.#shown.revision !== this.session.revision || this.editor.state.readOnly) return;
    const { from, to, insert } = fix;
    this.editor.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      annotations: isolateHistory.of("full"),
      userEvent: "input.fix",
    });
    this.editor.focus();
  }
}
