// The sheet of an exam as the browser writes it: answers by question, flags, and the place.

import { parsed } from "./said.js";

/** The sheet of the exam that a session shows; it follows the model, and writes whole sheets. */
export class Sheet {
  constructor(session) {
    this.session = session;
    this.read();
  }

  /** Take over what the model holds. */
  read() {
    const told = parsed(this.session.text, {});
    this.exam = told.exam ?? "";
    this.at = told.at ?? 0;
    this.answers = told.answers ?? {};
    this.flags = told.flags ?? [];
  }

  get questions() {
    return this.session.questions;
  }

  get question() {
    return this.questions[this.at];
  }

  answer(text) {
    this.answers = { ...this.answers, [this.question.name]: text };
    this.#write();
  }

  go(at) {
    const place = Math.min(Math.max(at, 0), this.questions.length - 1);
    if (place === this.at) return;
    this.at = place;
    this.#write();
  }

  flag() {
    const { name } = this.question;
    this.flags = this.isFlagged() ? this.flags.filter((one) => one !== name) : [...this.flags, name];
    this.#write();
  }

  isFlagged(question = this.question) {
    return this.flags.includes(question.name);
  }

  /** Whether everything that a question asks has an answer: without part marks, half an answer is none. */
  isAnswered({ name, rows }) {
    const said = Object.values(parsed(this.answers[name] ?? "", []));
    return said.length >= Math.max(rows, 1) && said.every(isSaid);
  }

  /** The places of the questions for which something holds. */
  places(holds) {
    return this.questions.flatMap((question, at) => (holds(question) ? [at] : []));
  }

  get open() {
    return this.places((question) => !this.isAnswered(question));
  }

  get flagged() {
    return this.places((question) => this.isFlagged(question));
  }

  #write() {
    const { exam, at, answers, flags } = this;
    this.session.edit(JSON.stringify({ exam, at, answers, flags }));
  }
}

function isSaid(entry) {
  return typeof entry === "object" && entry !== null ? Boolean(entry.decision && entry.step) : Boolean(entry);
}
