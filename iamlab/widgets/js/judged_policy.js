// A policy's text and its verdicts: the editor with its marks, and the requests with their decisions. What stands
// around them (the bar, forms, results) is the widget's that uses it.

import { h, say } from "./dom.js";
import { createEditor, place, reveal, setText } from "./editor.js";
import { Found } from "./found.js";
import { createStatus } from "./frame.js";
import { light } from "./marks.js";
import { spoken } from "./reason.js";
import { createRows } from "./rows.js";

const GRACE = 400;
const NOTHING = { statement: null, decision: null, elements: [] };

export class JudgedPolicy {
  #verdicts = new Map();
  #chosen = null;
  #shown = -1;
  #broken = false;
  #grace = null;
  #spot = NOTHING;

  /**
   * `bar.show(report)` says how many problems there are; `drawn(report)` hears of each report that is shown, `removed(id)`
   * that an own request shall go.
   */
  constructor(session, { bar, announcer, drawn = () => {}, removed = () => {} }) {
    Object.assign(this, { session, announcer, drawn });
    this.editor = createEditor(session.text, {
      ask: (question) => session.question("complete", question),
      changed: (text) => this.#typed(text),
      moved: () => this.status.show(place(this.editor)),
      met: () => this.found.met(),
      mend: () => this.found.mendHere(),
    });
    this.found = new Found({ session, editor: this.editor, bar, announcer });
    this.status = createStatus();
    this.rows = createRows({ chosen: (id) => this.#choose(id), removed });
    this.counts = h("span", { class: "small muted num" });
    this.text = [h("div", { class: "iam-ed" }, this.editor.dom), this.found.dom, this.status.dom];
    this.status.show(place(this.editor));
  }

  /** The line over the requests. */
  head(title) {
    return h("div", { class: "iam-requests-head" }, h("h4", {}, title), this.counts);
  }

  get broken() {
    return this.#broken;
  }

  get chosen() {
    return this.#chosen;
  }

  end() {
    clearTimeout(this.#grace);
    this.found.end();
    this.editor.destroy();
  }

  /** Another view of the same model changed the text. */
  follow() {
    setText(this.editor, this.session.text);
  }

  /** Show these requests, with what is known of them. */
  list(requests) {
    this.rows.list(requests);
    this.#verdicts.forEach((verdict) => this.rows.verdict(verdict));
    this.rows.undecided(this.#broken);
  }

  know(verdict) {
    this.#verdicts.set(verdict.id, verdict);
  }

  forget(id) {
    this.#verdicts.delete(id);
  }

  /** Light a statement while no request is chosen; without one, none. */
  spot(statement = null, decision = null, elements = []) {
    this.#spot = { statement, decision, elements };
    this.#light();
  }

  /** Take the newest report. One that judged an older text than the one shown is ignored: then this returns false. */
  report(first = false) {
    const { report } = this.session;
    if (report.revision < this.#shown) return false;
    this.#shown = report.revision;
    if (first) this.#draw(report);
    else if (report.readable || this.#broken) this.#apply(report);
    else this.#grace ??= setTimeout(() => this.#apply(this.session.report), GRACE);
    return true;
  }

  #typed(text) {
    this.found.typed();
    this.session.edit(text);
  }

  /** While someone types, the text is broken at every other key: that is shown only when it lasts. */
  #apply(report) {
    this.#draw(report);
    this.announcer.announce(`${report.summary.replace(" · ", ", ")}. ${report.counts}.`);
  }

  #draw(report) {
    clearTimeout(this.#grace);
    this.#grace = null;
    this.#broken = !report.readable;
    this.drawn(report);
    say(this.counts, report.counts);
    this.rows.undecided(this.#broken);
    for (const verdict of report.verdicts) {
      this.know(verdict);
      this.rows.verdict(verdict);
    }
    if (report.revision === this.session.revision) this.#place(report);
  }

  /** Offsets are true only for the text that was judged. */
  #place(report) {
    if (report.readable) this.#light();
    this.found.take(report);
  }

  #light() {
    const verdict = this.#verdicts.get(this.#chosen);
    const { statement, decision, elements } = verdict ? { ...verdict, statement: verdict.statement ?? verdict.nearest ?? null } : this.#spot;
    light(this.editor, statement, decision, elements);
    return statement;
  }

  #choose(id) {
    this.#chosen = id;
    const readable = this.session.report.readable && this.session.report.revision === this.session.revision;
    const statement = readable || id === null ? this.#light() : null;
    if (statement && id !== null) reveal(this.editor, statement);
    this.status.show((id !== null && statement?.label) || place(this.editor));
    if (id !== null && this.#verdicts.has(id)) this.announcer.announce(spoken(this.#verdicts.get(id)));
  }
}
