// What one view and its model say to each other. Revisions are counted here: each change of the text gets the next
// number, and a report says which number it judged.

import { wellFormed } from "./text.js";

const PATIENCE = 3_000;

/** Texts that a lost kernel never acknowledged, by editor name: the next view with the name takes them up. */
const unsent = (globalThis["iamlab unsent"] ??= new Map());

export class Session {
  #model;
  #name;
  #answered;
  #timer = null;
  #known;
  #asked = new Map();
  #subscriptions = [];
  /** Called with true when the kernel stops answering, with false when it answers again. */
  onLost = () => {};

  constructor(model) {
    this.#model = model;
    this.#name = model.get("setup").name;
    this.#answered = model.get("report").revision;
    this.#known = model.get("document").text;
    this.#on("msg:custom", (message) => this.#settle(message));
    this.#on("change:report", () => this.#hear(model.get("report").revision));
    this.#on("comm_live_update", () => this.#doubt());
  }

  get setup() {
    return this.#model.get("setup");
  }

  get text() {
    return this.#model.get("document").text;
  }

  get revision() {
    return this.#model.get("document").revision;
  }

  get report() {
    return this.#model.get("report");
  }

  get saved() {
    return this.#model.get("saved");
  }

  get progress() {
    return this.#model.get("progress");
  }

  get questions() {
    return this.#model.get("questions");
  }

  get requests() {
    return this.#model.get("requests");
  }

  get own() {
    return this.#model.get("own");
  }

  /** Call a listener on each change of a trait, until the session ends. */
  on(trait, listener) {
    this.#on(`change:${trait}`, listener);
  }

  /** A text that was typed while the kernel was gone and belongs to what this view shows; it is handed out once. */
  takeUnsent() {
    const kept = unsent.get(this.#name);
    if (kept?.known !== this.text || kept.text === this.text) return null;
    unsent.delete(this.#name);
    return kept.text;
  }

  /** Send a changed text. */
  edit(text) {
    const sent = wellFormed(text);
    this.#set("document", { revision: this.revision + 1, text: sent });
    unsent.set(this.#name, { known: this.#known, text: sent });
    this.#timer ??= setTimeout(() => this.#doubt(), PATIENCE);
  }

  /** Send the learner's own requests. */
  keep(own) {
    this.#set("own", own);
  }

  /** Send the request that is being written, or {} for none. */
  ask(draft) {
    this.#set("draft", draft);
  }

  /** Send a question and wait for its answer; null when none comes. */
  question(type, fields) {
    const id = `${type} ${Math.random()}`;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      setTimeout(() => this.#settle({ id, answer: null }), PATIENCE);
      this.#model.send({ type, id, ...fields });
    });
  }

  end() {
    clearTimeout(this.#timer);
    for (const [event, listener] of this.#subscriptions) this.#model.off(event, listener);
  }

  #on(event, listener) {
    this.#model.on(event, listener);
    this.#subscriptions.push([event, listener]);
  }

  #set(trait, value) {
    this.#model.set(trait, value);
    this.#model.save_changes();
  }

  #settle({ id, answer }) {
    this.#asked.get(id)?.(answer);
    this.#asked.delete(id);
  }

  #hear(revision) {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#answered = revision;
    if (revision === this.revision) {
      this.#known = this.text;
      unsent.delete(this.#name);
    } else {
      this.#timer = setTimeout(() => this.#doubt(), PATIENCE);
    }
    this.onLost(false);
  }

  #doubt() {
    this.#timer = null;
    this.onLost(true);
  }
}
