// The stepper: the evaluation order as a picture, with what each step asks and answers beside it. It decides nothing:
// what stands in the picture, and what it means, comes from the kernel.

import { createAnnouncer } from "./announce.js";
import { h, mark } from "./dom.js";
import { createNotice } from "./frame.js";
import { guardKeys } from "./keys.js";
import { Session } from "./session.js";
import { createAsk } from "./stepper_ask.js";
import { createStepperBar } from "./stepper_bar.js";
import { createContext } from "./stepper_context.js";
import { createDetail } from "./stepper_detail.js";
import { createFlow } from "./stepper_flow.js";
import { createFoot } from "./stepper_foot.js";
import { putStyles } from "./styles.js";
import { plain } from "./text.js";

const GRACE = 400;
const LOST = "The kernel does not answer. What you change stays here; the picture follows when it answers, or when this cell has run again.";

/** Draw a view of the model in an element; returns how to take it away. */
export function stepper({ model, el }) {
  putStyles();
  const view = new StepperView(new Session(model));
  el.replaceChildren(view.dom);
  view.start();
  return () => view.end();
}

class StepperView {
  #at = 1;
  #shown = -1;
  #predicted = false;
  #broken = false;
  #grace = null;
  #told = {};

  constructor(session) {
    this.session = session;
    const { setup } = session;
    const change = (fields) => this.#change(fields);
    this.bar = createStepperBar(setup, { go: (number) => this.#go(number), by: (count) => this.#by(count), end: () => this.#toEnd() });
    this.ask = createAsk(setup, change);
    this.context = createContext((key, value) => change({ context: { ...this.#changed().context, [key]: value } }));
    this.flow = createFlow({ go: (number) => this.#go(number), into: () => this.detail.focus() });
    this.detail = createDetail(session, {
      typed: (key, text) => change({ policies: { ...this.#changed().policies, [key]: text } }),
      predicted: (said) => this.#predict(said),
    });
    this.foot = createFoot({ shuffle: () => this.#shuffle(), reset: () => this.#reset() });
    this.notice = createNotice();
    this.announcer = createAnnouncer();
    this.dom = this.#layout(setup);
    this.dom.addEventListener("keydown", (event) => this.#onKey(event));
    guardKeys(this.dom);
  }

  #layout({ title, name }) {
    const left = h("div", { class: "iam-flowside" }, this.flow.dom, this.foot.dom, this.notice.dom);
    this.grid = h("div", { class: "iam-flowgrid" }, left, this.detail.dom);
    return h("div", { class: "iam", role: "group", "aria-label": `Stepper: ${title}`, "data-stepper": name }, this.bar.dom, this.ask.dom, this.context.dom, this.grid, this.announcer.dom);
  }

  start() {
    const { session } = this;
    session.on("document", () => this.#follow());
    session.on("report", () => this.#report());
    session.on("saved", () => this.#saved());
    session.onLost = (lost) => this.notice.show("lost", lost ? LOST : "");
    this.#saved();
    this.#report();
    const unsent = session.takeUnsent();
    if (unsent !== null) session.edit(unsent);
  }

  end() {
    clearTimeout(this.#grace);
    for (const part of [this.flow, this.detail, this.announcer, this.session]) part.end();
  }

  get #picture() {
    return this.#told.picture;
  }

  get #nodes() {
    return this.#picture?.rails.flatMap((rail) => rail.nodes) ?? [];
  }

  #changed() {
    try {
      return JSON.parse(this.session.text) ?? {};
    } catch {
      return {};
    }
  }

  #change(fields) {
    this.session.edit(JSON.stringify({ ...this.#changed(), ...fields }));
    this.#follow();
  }

  #follow() {
    this.foot.changed(this.session.text !== this.session.setup.start);
    this.detail.follow(this.#changed().policies ?? {});
  }

  #report() {
    const { report } = this.session;
    if (report.revision < this.#shown) return;
    this.#shown = report.revision;
    if (report.readable || this.#broken || !this.#told.picture) this.#apply();
    else this.#grace ??= setTimeout(() => this.#apply(), GRACE);
  }

  /** While someone types, a policy is broken at every other key: that is shown only when it lasts. */
  #apply() {
    clearTimeout(this.#grace);
    const { report, revision } = this.session;
    [this.#grace, this.#broken] = [null, !report.readable];
    this.notice.show("failure", report.failure);
    this.notice.show("summary", report.summary);
    if (!report.picture) return;
    this.#told = report;
    this.ask.show(this.#changed().request?.id, report.request);
    if (report.revision === revision) this.context.show(report.context);
    this.#draw();
    if (this.#predicted && report.revision === revision) this.#compare();
  }

  /** The buttons of a prediction go with it: the focus goes on to the step, from which the arrow keys lead further. */
  #compare() {
    this.#predicted = false;
    const node = this.#nodes[this.#at - 1];
    this.flow.focus(this.#at);
    this.announcer.announce(`${node.prediction?.text ?? ""} ${this.#spoken(node)}`);
  }

  /** Draw the picture with the step that is looked at; where there are fewer steps now, the last one. */
  #draw() {
    const nodes = this.#nodes;
    this.#at = Math.min(this.#at, this.#picture.awaits ?? nodes.length, nodes.length);
    const node = nodes[this.#at - 1];
    mark(this.grid, "class", this.#picture.rails.length > 1 ? "iam-flowgrid cross" : "iam-flowgrid");
    this.flow.show(this.#picture, this.#at);
    this.bar.show(this.#picture, this.#at, nodes.length);
    this.#follow();
    this.detail.show(node, this.#picture, this.#told);
  }

  #go(number) {
    if (!this.#picture) return;
    const nodes = this.#nodes;
    const last = this.#picture.awaits ?? nodes.length;
    const inFlow = this.flow.dom.contains(document.activeElement);
    this.#at = Math.max(1, Math.min(number, last));
    this.#draw();
    if (inFlow) this.flow.focus(this.#at);
    this.announcer.announce(this.#spoken(nodes[this.#at - 1]));
  }

  #spoken({ number, title, question, running }) {
    return plain(`Step ${number} of ${this.#nodes.length}, ${title}. ${question} ${running.word}${running.text ? `, ${running.text}` : ""}.`);
  }

  #by(count) {
    this.#go(this.#at + count);
  }

  #toEnd() {
    this.#go(this.#picture?.deciding ?? this.#picture?.awaits ?? this.#nodes.length);
  }

  #predict(said) {
    this.#predicted = true;
    this.#change({ said: [...(this.#changed().said ?? []), said] });
  }

  async #shuffle() {
    const answer = await this.session.question("shuffle", {});
    if (answer === null) return this.notice.show("lost", LOST);
    const { policies, said } = answer;
    if (Object.keys(policies).length) this.#change({ policies: { ...this.#changed().policies, ...policies } });
    this.foot.say(said);
    this.announcer.announce(said);
  }

  #reset() {
    this.session.edit(this.session.setup.start);
    this.foot.say("");
    this.#at = 1;
    this.#follow();
    this.announcer.announce("The start is back.");
  }

  #saved() {
    const { state, message } = this.session.saved;
    this.notice.show("saved", message);
    this.detail.lock(state === "moved");
    for (const { dom } of [this.ask, this.context, this.foot]) dom.inert = state === "moved";
  }

  #onKey(event) {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const inText = target.matches("input, select, textarea") || target.closest(".cm-editor");
    const act = { ArrowLeft: () => this.#by(-1), ArrowRight: () => this.#by(1), Home: () => this.#go(1), End: () => this.#toEnd() }[key];
    if (key === "Escape" && target.closest(".iam-detail")) this.flow.focus(this.#at);
    else if (act && !inText) act();
    else return;
    event.preventDefault();
  }
}
