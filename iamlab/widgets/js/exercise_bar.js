// The bar over an exercise, and the line under it where the answer could not be kept.

import { h, say } from "./dom.js";
import { icon } from "./icons.js";
import { prose } from "./text.js";

const SAVED = { kept: ["ok", "Saved", null], failed: ["error", "Not saved", "c-error"], conflict: ["warning", "Changed elsewhere", "c-warning"], moved: ["warning", "Opened elsewhere", "c-warning"] };

/** What it is, and how far it is: points, attempts, saved or not. */
export function createExerciseBar({ title, kind_word: kind, topics }) {
  const points = h("b", { class: "strong" });
  const attempts = h("span");
  const state = h("span", { class: "state" });
  const facts = h("div", { class: "meta" }, h("span", {}, kind), h("span", { class: "num" }, topics.join(", ")));
  const standing = h("div", { class: "meta num aside" }, h("span", {}, points), attempts, state);
  let touched = false;
  let shown = "";
  const draw = () => {
    const [sign, word, tone] = SAVED[shown] ?? SAVED.kept;
    state.className = `state ${tone ?? ""}`;
    state.replaceChildren(...(touched || shown !== "kept" ? [icon(sign), word] : []));
  };
  return {
    dom: h("div", { class: "iam-bar" }, h("h3", {}, title), facts, standing),
    progress(progress) {
      say(points, progress.points);
      say(attempts, progress.attempts);
    },
    saved(now) {
      shown = now;
      draw();
    },
    /** Whether there is an answer that could be saved at all. */
    touched(on) {
      touched = on;
      draw();
    },
  };
}

/** What keeps the answer from being kept, and what can be done about it. */
export function createTrouble({ again, mine, theirs }) {
  const dom = h("div", { class: "iam-trouble", role: "status" });
  const button = (label, onclick) => h("button", { type: "button", class: "iam-btn", onclick }, label);
  const buttons = {
    failed: () => [button("Save again", again)],
    conflict: () => [button("Keep mine", mine), button("Take the other", theirs)],
  };
  return {
    dom,
    show(state, message) {
      if (dom.dataset.said === `${state} ${message}`) return;
      dom.dataset.said = `${state} ${message}`;
      const sign = h("span", { class: state === "failed" ? "c-error" : "c-warning" }, icon(state === "failed" ? "error" : "warning"));
      const ways = h("span", { class: "ways" }, buttons[state]?.() ?? []);
      dom.replaceChildren(...(message ? [sign, h("p", {}, prose(message)), ways] : []));
    },
  };
}
