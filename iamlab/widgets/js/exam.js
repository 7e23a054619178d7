// The mock exam: one question at a time under a clock. It knows nothing of what is right before the kernel tells the
// result; answers, flags and the place are one sheet, kept at each change.

import { createAnnouncer } from "./announce.js";
import { h, mark } from "./dom.js";
import { createExamBar } from "./exam_bar.js";
import { createOverview, createPaused, createStart } from "./exam_faces.js";
import { keyOf } from "./exam_keys.js";
import { createQuestionFace } from "./exam_question.js";
import { createExamResult } from "./exam_result.js";
import { Sheet } from "./exam_sheet.js";
import { createTimer } from "./exam_timer.js";
import { createTrouble } from "./exercise_bar.js";
import { createNotice } from "./frame.js";
import { guardKeys } from "./keys.js";
import { Session } from "./session.js";
import { putStyles } from "./styles.js";

const LOST = "The kernel does not answer. Your answers stay here and count once it answers; if the kernel is gone, run this cell again.";

/** Draw a view of the model in an element; returns how to take it away. */
export function exam({ model, el }) {
  putStyles();
  const view = new ExamView(new Session(model));
  el.replaceChildren(view.dom);
  view.start();
  return () => view.end();
}

class ExamView {
  #face = null;
  #drawn = "";
  #overview = false;
  #moved = false;

  constructor(session) {
    this.session = session;
    this.sheet = new Sheet(session);
    this.announcer = createAnnouncer();
    this.timer = createTimer({ tick: (seconds) => this.#ask("tick", { open_for: seconds }), say: (text) => this.announcer.announce(text) });
    this.bar = createExamBar({ timer: this.timer, pause: () => this.#pause(), anew: (weak) => this.#ask("anew", { weak }) });
    this.trouble = createTrouble({ again: () => this.#ask("save"), mine: () => this.#ask("keep_mine"), theirs: () => this.#ask("take_theirs") });
    this.notice = createNotice();
    this.body = h("div", { class: "iam-exam-body" });
    const parts = [this.bar, this.trouble, { dom: this.body }, this.notice, this.announcer];
    this.dom = h("div", { class: "iam", role: "group", "aria-label": "Mock exam" }, parts.map(({ dom }) => dom));
    this.dom.addEventListener("keydown", (event) => this.#key(event));
    guardKeys(this.dom);
  }

  start() {
    const { session } = this;
    session.on("document", () => this.#follow());
    session.on("progress", () => this.#follow());
    session.on("questions", () => this.#follow());
    session.on("saved", () => this.#saved());
    session.onLost = (lost) => this.notice.show("lost", lost ? LOST : "");
    this.#saved();
    this.#follow(true);
    const unsent = session.takeUnsent();
    if (unsent !== null) session.edit(unsent);
    if (session.progress.face === "running") this.#ask("back");
  }

  end() {
    this.timer.end();
    this.#face?.end?.();
    this.announcer.end();
    this.session.end();
  }

  /** Which face shows: the kernel's, or the overview in its place. */
  get face() {
    const { face } = this.session.progress;
    return this.#overview && (face === "running" || face === "paused") ? "overview" : face;
  }

  #follow(first = false) {
    const { progress, questions } = this.session;
    this.sheet.read();
    if (questions.length !== (progress.face === "start" ? 0 : progress.count)) return; // the rest is on its way
    this.timer.show(progress);
    this.notice.show("note", progress.note);
    const drawn = JSON.stringify([this.face, progress.exam, progress.face, progress.face === "start" && progress.start]);
    const isNew = drawn !== this.#drawn;
    const hadFocus = !first && this.dom.contains(document.activeElement);
    if (isNew) this.#draw(drawn);
    this.bar.show(this.face, progress, this.sheet);
    this.#face.show(progress);
    if (!isNew || !hadFocus) return;
    this.#face.focus();
    this.#inSight();
  }

  #draw(drawn) {
    if (["start", "over"].includes(this.session.progress.face)) this.#overview = false;
    this.#face?.end?.();
    this.#face = this.#make();
    this.#drawn = drawn;
    mark(this.dom, "data-face", this.face);
    this.body.replaceChildren(this.#face.dom);
  }

  #make() {
    const { sheet, session, announcer } = this;
    const acts = {
      go: (at) => this.#go(at),
      flag: () => this.#flag(),
      overview: () => this.#look(true),
      on: () => this.#ask("go_on"),
      back: () => this.#look(false),
      hand: () => this.#ask("hand_in"),
      begin: () => this.#ask("begin"),
      last: () => this.#ask("last"),
    };
    if (this.face === "start") return createStart(acts);
    if (this.face === "paused") return createPaused(sheet, acts);
    if (this.face === "overview") return createOverview(sheet, acts);
    if (this.face === "running") return createQuestionFace(sheet, { session, announcer }, acts);
    return createExamResult(session);
  }

  #look(on) {
    this.#overview = on;
    this.#follow();
  }

  /** Go to a question; from the overview of a paused exam, go on with it. */
  #go(at) {
    const isPaused = this.session.progress.face === "paused";
    this.#overview = false;
    this.sheet.go(at);
    if (isPaused) this.#ask("go_on");
    this.#follow();
    this.#inSight();
  }

  #flag() {
    this.sheet.flag();
    this.announcer.announce(this.sheet.isFlagged() ? "Flagged" : "Not flagged any more");
  }

  #pause() {
    this.#overview = false;
    this.#ask("pause", { open_for: this.timer.since() });
  }

  /** What is drawn anew begins at its beginning. */
  #inSight() {
    if (this.dom.getBoundingClientRect().top < 0) this.dom.scrollIntoView({ block: "start" });
  }

  #key(event) {
    const act = this.#moved ? null : keyOf(event);
    if (act === null || this.face !== "running") return;
    if (act.letter !== undefined && !this.#face.choose(act.letter)) return;
    if (act.by) this.#go(this.sheet.at + act.by);
    if (act.flag) this.#flag();
    event.preventDefault();
  }

  #saved() {
    const { state, message } = this.session.saved;
    this.trouble.show(state, message);
    this.#moved = state === "moved";
    this.body.inert = this.#moved || state === "conflict";
    this.bar.lock(this.body.inert);
    mark(this.dom, "data-saved", state);
  }

  async #ask(type, fields = {}) {
    const answer = await this.session.question(type, fields);
    this.notice.show("lost", answer === null ? LOST : "");
  }
}
