// The exercise panel: task, answer, check, in one column of reading. It decides nothing; what a check finds comes from
// the kernel in words.

import { createAnnouncer } from "./announce.js";
import { createChoices } from "./answer_choices.js";
import { createMatches } from "./answer_match.js";
import { createOrder } from "./answer_order.js";
import { createPolicyAnswer } from "./answer_policy.js";
import { createPredictions } from "./answer_predict.js";
import { createTextAnswer } from "./answer_text.js";
import { h, mark } from "./dom.js";
import { createExerciseBar, createTrouble } from "./exercise_bar.js";
import { createFoot } from "./exercise_foot.js";
import { createHelp } from "./exercise_help.js";
import { createResult } from "./exercise_result.js";
import { createNotice } from "./frame.js";
import { guardKeys } from "./keys.js";
import { markdown } from "./markdown.js";
import { Session } from "./session.js";
import { putStyles } from "./styles.js";
import { plain } from "./text.js";

const ANSWERS = { policy: createPolicyAnswer, predict: createPredictions, order: createOrder, choose: createChoices, diagnose: createChoices, match: createMatches };
const LOST = "The kernel does not answer. Your answer stays here; checking works again when it answers, or when this cell has run again.";
const MOVED = "This exercise has been opened again elsewhere.";

/** Draw a view of the model in an element; returns how to take it away. */
export function exercise({ model, el }) {
  putStyles();
  const view = new ExerciseView(new Session(model));
  el.replaceChildren(view.dom);
  view.start();
  return () => view.end();
}

class ExerciseView {
  #result = null;
  #awaited = false;
  #hints = 0;

  constructor(session) {
    this.session = session;
    const { setup } = session;
    this.bar = createExerciseBar(setup);
    this.announcer = createAnnouncer();
    this.trouble = createTrouble({ again: () => this.#ask("save"), mine: () => this.#ask("keep_mine"), theirs: () => this.#takeTheirs() });
    this.notice = createNotice();
    this.answer = (ANSWERS[setup.kind] ?? createTextAnswer)({ session, announcer: this.announcer, edit: (text) => session.edit(text) });
    this.foot = createFoot({ check: () => this.#check(), hint: () => this.#ask("hint"), solution: () => this.#solution(), reset: () => this.#reset() }, this.answer.keys);
    this.help = createHelp({ show: () => this.#ask("solution"), put: (text) => this.#put(text), closed: () => this.foot.solution.focus() });
    this.result = createResult({ go: (statement) => this.answer.go?.(statement) });
    this.dom = this.#layout(setup);
    guardKeys(this.dom);
  }

  #layout({ title, task, exercise: name }) {
    const parts = [this.bar, this.trouble, { dom: h("div", { class: "iam-prose iam-task" }, markdown(task)) }, this.answer, this.foot, this.notice, this.help, this.result, this.announcer];
    return h("div", { class: "iam", role: "group", "aria-label": `Exercise: ${title}`, "data-exercise": name }, parts.map(({ dom }) => dom));
  }

  start() {
    const { session } = this;
    session.on("document", () => this.#follow());
    session.on("report", () => this.#report());
    session.on("requests", () => this.answer.list?.());
    session.on("progress", () => this.#progress());
    session.on("saved", () => this.#saved());
    session.onLost = (lost) => this.notice.show("lost", lost ? LOST : "");
    this.answer.list?.();
    this.#saved();
    this.#follow();
    this.#report(true);
    this.#progress(true);
    const unsent = session.takeUnsent();
    if (unsent !== null) this.#put(unsent);
  }

  end() {
    for (const part of [this.answer, this.help, this.announcer, this.session, this.foot]) part.end();
  }

  #follow() {
    this.answer.show(this.session.text);
    this.foot.changed(this.session.text !== this.session.setup.start);
    this.#draw();
  }

  #report(first = false) {
    this.answer.report?.(first);
    this.notice.show("failure", this.session.report.failure);
  }

  #progress(first = false) {
    const { progress, setup } = this.session;
    this.bar.progress(progress);
    this.foot.progress(progress, setup);
    this.help.show(progress, setup);
    const isNew = this.#result !== progress.result && JSON.stringify(this.#result) !== JSON.stringify(progress.result);
    if (isNew) this.#result = progress.result;
    if (isNew) this.#draw();
    if (!first) this.#announceHelp(progress);
    this.#hints = progress.hints.length;
    if (this.#awaited && !progress.checking && !first) this.#announce();
  }

  #announceHelp({ hints }) {
    if (hints.length > this.#hints) this.announcer.announce(plain(`Hint ${hints.length}: ${hints.at(-1)}`));
  }

  #announce() {
    this.#awaited = false;
    const { title, points, witnesses } = this.#result;
    this.announcer.announce(plain([title, points, ...witnesses.map(({ spoken }) => spoken)].filter(Boolean).join(". ")));
  }

  /** What was found stays while the answer changes, and says that it is of before. */
  #draw() {
    this.bar.touched(this.#result !== null || this.session.text !== this.session.setup.start);
    const isOld = this.#result !== null && this.#result.answer !== this.session.text;
    this.result.show(this.#result, isOld);
    this.answer.marks(this.#result, isOld);
  }

  #saved() {
    const { state, message } = this.session.saved;
    this.bar.saved(state);
    this.trouble.show(state, message);
    this.answer.lock(state === "moved");
    this.foot.lock(state === "moved" ? MOVED : "");
    mark(this.dom, "data-saved", state);
  }

  async #ask(type, fields = {}) {
    const answer = await this.session.question(type, { text: this.session.text, ...fields });
    if (answer === null) this.notice.show("lost", LOST);
    return answer;
  }

  async #check() {
    this.#awaited = true;
    this.foot.checking(true);
    const heard = await this.#ask("check");
    if (heard === null) this.foot.checking(false);
  }

  #solution() {
    const { progress } = this.session;
    if (progress.solution) this.foot.expanded(this.help.toggle());
    else this.help.ask(progress);
  }

  async #takeTheirs() {
    const text = await this.#ask("take_theirs");
    if (text !== null) this.#put(text);
  }

  #reset() {
    this.#ask("reset");
    this.#put(this.session.setup.start);
    this.announcer.announce("The start is back. Your answer before is in the history.");
  }

  #put(text) {
    this.answer.put(text);
    this.#follow();
  }
}
