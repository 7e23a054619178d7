// The answer is an order: steps that move by pointer, by two buttons, or by keys, and a line below which they are left out.
//
// There is one list of steps with the line among them, so moving past the line is a move like any other.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./markdown.js";
import { folded, request } from "./reading.js";
import { plain } from "./text.js";

const LINE = null;
const KEYS = [
  [["Space"], "lift, drop"],
  [["↑", "↓"], "move"],
  [["Esc"], "put back"],
];

/** Make the answer of an order exercise. */
export function createOrder({ session, announcer, edit }) {
  const order = new Order(session.setup, announcer, edit);
  return {
    dom: order.dom,
    keys: KEYS,
    show: (text) => order.show(text),
    put(text) {
      order.show(text, true);
      edit(text);
    },
    marks: (result) => order.marks(result),
    lock: (on) => (order.dom.inert = on),
    end: () => order.end(),
  };
}

const sentence = (name) => name[0].toUpperCase() + name.slice(1);
/** The same for labels and announcements, which have no marks. */
const spoken = (name) => plain(sentence(name));

class Order {
  #steps;
  #written = null;
  #lifted = null;
  #marks = [];

  constructor(setup, announcer, edit) {
    Object.assign(this, { setup, announcer, edit });
    this.#steps = [...setup.steps, LINE];
    this.rows = new Map(setup.steps.map((name) => [name, this.#row(name)]));
    this.asked = h("ol", { class: "iam-order", "aria-label": "Steps, in order" });
    this.out = h("ol", { class: "iam-order", "aria-label": "Steps that are left out" });
    this.none = h("li", { class: "none muted small" }, "Move here what does not belong.");
    this.policies = folded("Policies of this request", setup.policies);
    this.dom = h("div", { class: "iam-answer" }, setup.request && request(setup.request), this.policies?.dom, this.asked, h("h4", { class: "line" }, setup.request ? "Does not apply here" : "Does not belong here"), this.out);
    this.#draw();
  }

  end() {
    this.policies?.end();
  }

  /** Show an answer. Until one is given, all steps stand above the line, in no order that means anything. */
  show(text, anew = false) {
    if (text === this.#written && !anew) return;
    this.#written = text;
    const said = named(text).filter((name) => this.rows.has(name));
    const { steps } = this.setup;
    this.#steps = said.length ? [...said, LINE, ...steps.filter((name) => !said.includes(name))] : [...steps, LINE];
    this.#draw();
  }

  /** Marks stand up to the first step that has moved since. */
  marks(result) {
    const before = result ? named(result.answer) : [];
    const now = this.#order();
    const kept = before.findIndex((name, place) => now[place] !== name);
    this.#marks = (result?.marks ?? []).slice(0, kept < 0 ? undefined : kept);
    this.#draw();
  }

  #order() {
    return this.#steps.slice(0, this.#steps.indexOf(LINE));
  }

  #row(name) {
    const grip = h("button", { type: "button", class: "grip", "aria-pressed": "false", onclick: (event) => event.detail === 0 && this.#lift(name) }, h("span", { class: "dots", "aria-hidden": "true" }), h("span", {}, inline(sentence(name))), h("span", { class: "sr" }));
    const up = this.#mover(name, -1, "up");
    const down = this.#mover(name, 1, "down");
    const row = { name, grip, up, down, place: h("span", { class: "n", "aria-hidden": "true" }), state: h("span", { class: "iam-mark" }) };
    row.dom = h("li", {}, row.place, grip, row.state, h("span", { class: "moves" }, up, down));
    grip.addEventListener("keydown", (event) => this.#key(event, name));
    row.dom.addEventListener("pointerdown", (event) => this.#drag(event, row));
    return row;
  }

  #mover(name, by, way) {
    const label = `Move ${way}: ${spoken(name)}`;
    const move = (event) => {
      this.#move(name, by);
      event.currentTarget.focus();
    };
    return h("button", { type: "button", class: "iam-btn icon quiet", "aria-label": label, title: label, onclick: move }, icon(way));
  }

  /** The focus stays on what moves. */
  #draw() {
    const focused = this.dom?.contains(document.activeElement) ? document.activeElement : null;
    const [asked, out] = [this.#order(), this.#steps.slice(this.#steps.indexOf(LINE) + 1)];
    fill(this.asked, asked.map((name) => this.rows.get(name).dom));
    fill(this.out, out.length ? out.map((name) => this.rows.get(name).dom) : [this.none]);
    if (focused && focused !== document.activeElement) focused.focus();
    for (const row of this.rows.values()) this.#drawRow(row, asked);
  }

  #drawRow({ name, dom, grip, place, state, up, down }, asked) {
    const at = asked.indexOf(name);
    const lifted = this.#lifted?.name === name;
    say(place, at < 0 ? "–" : String(at + 1));
    say(grip.lastElementChild, `, ${this.#where(name)}`);
    mark(grip, "aria-pressed", String(lifted));
    dom.classList.toggle("lift", lifted || Boolean(this.dragged === name));
    mark(up, "aria-disabled", this.#steps[0] === name ? "true" : null);
    mark(down, "aria-disabled", this.#steps.at(-1) === name ? "true" : null);
    const found = at < 0 ? null : this.#marks[at];
    state.className = `iam-mark ${found ? (found.right ? "is-right" : "is-wrong") : ""}`;
    state.replaceChildren(...(found ? [icon(found.right ? "ok" : "no"), found.right ? "in place" : "not here"] : []));
  }

  #where(name) {
    const asked = this.#order();
    return asked.includes(name) ? `place ${asked.indexOf(name) + 1} of ${asked.length}` : "left out";
  }

  #key(event, name) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && this.#lifted) this.#move(name, by);
    else if (by) this.#neighbor(name, by)?.focus();
    else if (event.key === "Escape" && this.#lifted) this.#putBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #neighbor(name, by) {
    const names = this.#steps.filter((one) => one !== LINE);
    return this.rows.get(names[names.indexOf(name) + by])?.grip;
  }

  /** Space and Enter click: they lift, and drop. */
  #lift(name) {
    this.#lifted = this.#lifted ? null : { name, steps: [...this.#steps] };
    this.#draw();
    this.announcer.announce(`${spoken(name)} ${this.#lifted ? "lifted" : "dropped"}, ${this.#where(name)}.`);
  }

  #putBack() {
    const { name, steps } = this.#lifted;
    this.#lifted = null;
    this.#set(steps);
    this.announcer.announce(`${spoken(name)} put back, ${this.#where(name)}.`);
  }

  #move(name, by) {
    const steps = [...this.#steps];
    const at = steps.indexOf(name);
    if (at + by < 0 || at + by >= steps.length) return;
    [steps[at], steps[at + by]] = [steps[at + by], steps[at]];
    this.#set(steps);
    this.announcer.announce(`${spoken(name)}, ${this.#where(name)}.`);
  }

  #set(steps) {
    this.#steps = steps;
    this.#draw();
    const text = JSON.stringify(this.#order());
    if (text === this.#written) return;
    this.#written = text;
    this.edit(text);
  }

  /** With the pointer the row goes where it is held. */
  #drag(event, row) {
    if (event.button !== 0 || event.target.closest(".moves")) return;
    const over = (moved) => this.#dragTo(row.name, moved.clientY);
    const end = () => {
      window.removeEventListener("pointermove", over);
      this.dragged = null;
      this.#draw();
    };
    this.dragged = row.name;
    this.#draw();
    window.addEventListener("pointermove", over);
    window.addEventListener("pointerup", end, { once: true });
    window.addEventListener("pointercancel", end, { once: true });
    event.preventDefault();
    row.grip.focus({ preventScroll: true });
  }

  #dragTo(name, y) {
    const others = this.#steps.filter((one) => one !== name);
    const middle = (one) => {
      const { top, height } = (one === LINE ? this.out.previousElementSibling : this.rows.get(one).dom).getBoundingClientRect();
      return top + height / 2;
    };
    const at = others.findIndex((one) => y < middle(one));
    const steps = at < 0 ? [...others, name] : [...others.slice(0, at), name, ...others.slice(at)];
    if (steps.some((one, index) => one !== this.#steps[index])) this.#set(steps);
  }
}

function fill(list, items) {
  if (items.length !== list.children.length || items.some((item, index) => list.children[index] !== item)) list.replaceChildren(...items);
}

function named(text) {
  try {
    return [JSON.parse(text)].flat().map(String);
  } catch {
    return [];
  }
}
