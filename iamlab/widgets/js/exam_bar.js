// The bar over an exam: where one is, the time left, Pause; at the end, a new exam.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";

const TITLES = { start: "Mock exam", paused: "Paused", overview: "Overview", over: "Result" };

/** Make the bar. */
export function createExamBar({ timer, pause, anew }) {
  const title = h("h3", { class: "num" });
  const date = h("span");
  const word = h("span", {}, "Pause");
  let stands = false;
  let locked = false;
  let weak = false;
  const pauser = h("button", { type: "button", class: "iam-btn quiet", onclick: () => stands || locked || pause() }, icon("pause"), word);
  const again = h("button", { type: "button", class: "iam-btn", onclick: () => locked || anew(weak) });
  return {
    dom: h("div", { class: "iam-bar" }, title, h("div", { class: "meta" }, date), h("div", { class: "meta push num" }, timer.dom, pauser, again)),
    show(face, progress, sheet) {
      stands = progress.face !== "running";
      say(title, TITLES[face] ?? `Question ${sheet.at + 1} of ${progress.count}`);
      say(word, stands ? "Paused" : "Pause");
      mark(pauser, "aria-disabled", stands ? "true" : null);
      mark(pauser, "hidden", ["start", "over"].includes(face));
      mark(again, "hidden", face !== "over");
      say(date, progress.result?.date ? `mock exam of ${progress.result.date}` : "");
      weak = Boolean(progress.result?.weak.length);
      say(again, weak ? "New exam on the weak topics" : "New exam");
    },
    lock: (on) => (locked = on),
  };
}
