// The policy editor with live verdicts: draws what the kernel reports, and sends what is typed. It decides nothing.

import { createAnnouncer } from "./announce.js";
import { h } from "./dom.js";
import { setText, setWritable } from "./editor.js";
import { createBar, createNotice } from "./frame.js";
import { icon } from "./icons.js";
import { JudgedPolicy } from "./judged_policy.js";
import { guardKeys } from "./keys.js";
import { Session } from "./session.js";
import { putStyles } from "./styles.js";
import { createWhatIf } from "./whatif.js";

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
  constructor(session) {
    this.session = session;
    const { title } = session.setup;
    this.bar = createBar(title, { format: () => this.#format(), reset: () => this.#reset() });
    this.announcer = createAnnouncer();
    this.policy = new JudgedPolicy(session, {
      bar: this.bar,
      announcer: this.announcer,
      drawn: ({ readable }) => this.bar.readable(readable),
      removed: (id) => this.#remove(id),
    });
    this.notice = createNotice();
    this.whatif = createWhatIf({
      ask: (field, prefix) => session.question("complete", { field, prefix }),
      changed: (draft) => session.ask(draft),
      added: (request) => this.#add(request),
      closed: () => this.#whatIfClosed(),
    });
    this.asker = h("button", { type: "button", class: "iam-btn quiet", onclick: () => this.#askAnother() }, icon("plus"), "Ask about another request");
    this.dom = this.#layout(title);
    guardKeys(this.dom);
  }

  #layout(title) {
    const { policy } = this;
    const text = h("div", { class: "side" }, policy.text, this.notice.dom);
    const requests = h("div", { class: "side" }, policy.head("Requests"), policy.rows.dom, this.whatif.dom, h("div", { class: "iam-asker" }, this.asker));
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
    const unsent = session.takeUnsent();
    if (unsent !== null) setText(this.policy.editor, unsent, { typed: true });
  }

  end() {
    this.whatif.end();
    this.announcer.end();
    this.session.end();
    this.policy.end();
  }

  #follow() {
    this.policy.follow();
    this.bar.changed(this.session.text !== this.session.setup.start);
  }

  #report(first = false) {
    const { report } = this.session;
    if (!this.policy.report(first)) return;
    this.whatif.show(report.preview, report.readable);
    this.notice.show("failure", report.failure);
  }

  #listRequests() {
    const { setup, own } = this.session;
    this.policy.list([...setup.requests, ...own.map((request) => ({ ...request, own: true }))]);
  }

  #askAnother() {
    this.asker.parentElement.hidden = true;
    const { setup, own } = this.session;
    const all = [...setup.requests, ...own];
    const { action = "", resource = "" } = all.find(({ id }) => id === this.policy.chosen) ?? all[0] ?? {};
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
    if (report.preview) this.policy.know({ ...report.preview, id });
    this.session.keep([...own, { id, ...request }]);
    this.policy.rows.focus(id);
    this.announcer.announce(`Added ${request.action}.`);
  }

  #remove(id) {
    const neighbor = this.policy.rows.neighbor(id);
    this.policy.forget(id);
    this.session.keep(this.session.own.filter((request) => request.id !== id));
    (neighbor ?? this.asker).focus();
    this.announcer.announce("Removed the request.");
  }

  async #format() {
    const text = this.session.text;
    const answer = await this.session.question("format", { text });
    if (answer !== null && text === this.session.text) setText(this.policy.editor, answer, { typed: true });
  }

  #reset() {
    setText(this.policy.editor, this.session.setup.start, { typed: true });
    this.policy.editor.focus();
  }

  #saved() {
    const { state, message } = this.session.saved;
    this.notice.show("saved", message);
    setWritable(this.policy.editor, state !== "moved");
  }
}
