// The policy editor with live verdicts: draws what the kernel reports, and sends what is typed. It decides nothing.

import { createAnnouncer } from "./announce.js";
import { h, say } from "./dom.js";
import { createEditor, place, reveal, setText, setWritable } from "./editor.js";
import { Found } from "./found.js";
import { createBar, createNotice, createStatus } from "./frame.js";
import { icon } from "./icons.js";
import { guardKeys } from "./keys.js";
import { light } from "./marks.js";
import { spoken } from "./reason.js";
import { createRows } from "./rows.js";
import { Session } from "./session.js";
import { putStyles } from "./styles.js";
import { createWhatIf } from "./whatif.js";

const GRACE = 400;
const LOST = "The kernel does not answer. What you type stays here; verdicts follow when it answers, or when this cell has run again.";

/** Draw a view of the model in an element; returns how to take it away. */
export function policyEditor({ model, el }) {
  putStyles();
  const view = new PolicyEditorView(new Session(model));
  el.replaceChildren(view.dom);
  view.start();
  return () => view.end();
}

class PolicyEditorView {
  #verdicts = new Map();
  #chosen = null;
  #shown = -1;
  #broken = false;
  #grace = null;

  constructor(session) {
    this.session = session;
    const { title } = session.setup;
    this.bar = createBar(title, { format: () => this.#format(), reset: () => this.#reset() });
    this.editor = createEditor(session.text, {
      ask: (question) => session.question("complete", question),
      changed: (text) => this.#typed(text),
      moved: () => this.status.show(place(this.editor)),
      met: () => this.found.met(),
      mend: () => this.found.mendHere(),
    });
    this.announcer = createAnnouncer();
    this.found = new Found({ session, editor: this.editor, bar: this.bar, announcer: this.announcer });
    this.status = createStatus();
    this.notice = createNotice();
    this.rows = createRows({ chosen: (id) => this.#choose(id), removed: (id) => this.#remove(id) });
    this.whatif = createWhatIf({
      ask: (field, prefix) => session.question("complete", { field, prefix }),
      changed: (draft) => session.ask(draft),
      added: (request) => this.#add(request),
      closed: () => this.#whatIfClosed(),
    });
    this.counts = h("span", { class: "small muted num" });
    this.asker = h("button", { type: "button", class: "iam-btn quiet", onclick: () => this.#askAnother() }, icon("plus"), "Ask about another request");
    this.dom = this.#layout(title);
    guardKeys(this.dom);
  }

  #layout(title) {
    const text = h("div", { class: "side" }, h("div", { class: "iam-ed" }, this.editor.dom), this.found.dom, this.status.dom, this.notice.dom);
    const head = h("div", { class: "iam-requests-head" }, h("h4", {}, "Requests"), this.counts);
    const requests = h("div", { class: "side" }, head, this.rows.dom, this.whatif.dom, h("div", { class: "iam-asker" }, this.asker));
    return h("div", { class: "iam", role: "group", "aria-label": `Policy editor, ${title}` }, this.bar.dom, h("div", { class: "iam-split" }, text, requests), this.announcer.dom);
  }

  start() {
    const { session } = this;
    session.on("document", () => this.#follow());
    session.on("report", () => this.#report());
    session.on("own", () => this.#listRequests());
    session.on("saved", () => this.#saved());
    session.onLost = (lost) => this.notice.show("lost", lost ? LOST : "");
    this.#listRequests();
    this.#saved();
    this.#follow();
    this.#report(true);
    this.status.show(place(this.editor));
    const unsent = session.takeUnsent();
    if (unsent !== null) setText(this.editor, unsent, { typed: true });
  }

  end() {
    clearTimeout(this.#grace);
    this.found.end();
    this.whatif.end();
    this.announcer.end();
    this.session.end();
    this.editor.destroy();
  }

  /** Another view of the same model changed the text. */
  #follow() {
    setText(this.editor, this.session.text);
    this.bar.changed(this.session.text !== this.session.setup.start);
  }

  #typed(text) {
    this.found.typed();
    this.session.edit(text);
  }

  /** A report that judged an older text than the one shown is ignored. */
  #report(first = false) {
    const report = this.session.report;
    if (report.revision < this.#shown) return;
    this.#shown = report.revision;
    this.whatif.show(report.preview, report.readable);
    this.notice.show("failure", report.failure);
    if (first) this.#draw(report);
    else if (report.readable || this.#broken) this.#apply(report);
    else this.#grace ??= setTimeout(() => this.#apply(this.session.report), GRACE);
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
    this.bar.readable(report.readable);
    say(this.counts, report.counts);
    this.rows.undecided(this.#broken);
    for (const verdict of report.verdicts) {
      this.#verdicts.set(verdict.id, verdict);
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
    const statement = verdict?.statement ?? verdict?.nearest ?? null;
    light(this.editor, statement, verdict?.decision, verdict?.elements);
    return statement;
  }

  #choose(id) {
    this.#chosen = id;
    const readable = this.session.report.readable && this.session.report.revision === this.session.revision;
    const statement = readable || id === null ? this.#light() : null;
    if (statement) reveal(this.editor, statement);
    this.status.show(statement?.label ?? place(this.editor));
    if (id !== null && this.#verdicts.has(id)) this.announcer.announce(spoken(this.#verdicts.get(id)));
  }

  #listRequests() {
    const { setup, own } = this.session;
    this.rows.list([...setup.requests, ...own.map((request) => ({ ...request, own: true }))]);
    this.#verdicts.forEach((verdict) => this.rows.verdict(verdict));
    this.rows.undecided(this.#broken);
  }

  #askAnother() {
    this.asker.parentElement.hidden = true;
    const { setup, own } = this.session;
    const all = [...setup.requests, ...own];
    const { action = "", resource = "" } = all.find(({ id }) => id === this.#chosen) ?? all[0] ?? {};
    this.whatif.open({ action, resource });
    if (!this.session.report.readable) this.whatif.show(null, false);
  }

  #whatIfClosed() {
    this.asker.parentElement.hidden = false;
    this.asker.focus();
  }

  #add(request) {
    const { own, report } = this.session;
    const id = `own ${Date.now().toString(36)}`;
    if (report.preview) this.#verdicts.set(id, { ...report.preview, id });
    this.session.keep([...own, { id, ...request }]);
    this.rows.focus(id);
    this.announcer.announce(`Added ${request.action}.`);
  }

  #remove(id) {
    const neighbor = this.rows.neighbor(id);
    this.#verdicts.delete(id);
    this.session.keep(this.session.own.filter((request) => request.id !== id));
    (neighbor ?? this.asker).focus();
    this.announcer.announce("Removed the request.");
  }

  async #format() {
    const text = this.session.text;
    const answer = await this.session.question("format", { text });
    if (answer !== null && text === this.session.text) setText(this.editor, answer, { typed: true });
  }

  #reset() {
    setText(this.editor, this.session.setup.start, { typed: true });
    this.editor.focus();
  }

  #saved() {
    const { state, message } = this.session.saved;
    this.notice.show("saved", message);
    setWritable(this.editor, state !== "moved");
  }
}
