// What an exam shows besides questions and the result: the page before it, the overview, the pause.

import { h, say } from "./dom.js";
import { createNumbers } from "./exam_numbers.js";

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const word = (count) => WORDS[count] ?? String(count);
const Word = (count) => word(count).replace(/^./, (letter) => letter.toUpperCase());
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const button = (label, onclick, look = "") => h("button", { type: "button", class: `iam-btn ${look}`, onclick }, label);

/** The page before an exam: what it will be, and the button that starts the clock. */
export function createStart({ begin, last }) {
  const text = h("div", { class: "iam-prose" });
  const starter = button("Begin", begin, "primary");
  const result = button("", last);
  return {
    dom: h("div", { class: "iam-exam-face" }, text, h("div", { class: "iam-foot" }, starter, result)),
    show({ start }) {
      const rules = "The clock starts when you begin. A pause hides the question; nothing about right or wrong is told before you hand in, and half an answer is none.";
      text.replaceChildren(...[start.said, start.short, rules, start.before].filter(Boolean).map((one) => h("p", {}, one)));
      say(result, start.last);
      result.hidden = !start.last;
    },
    focus: () => starter.focus(),
  };
}

/** The face of an exam that stands: by choice, or after a restart. */
export function createPaused(sheet, { on, overview }) {
  const text = h("div", { class: "iam-prose" });
  const going = button("Continue", on, "primary");
  return {
    dom: h("div", { class: "iam-exam-face" }, text, h("div", { class: "iam-foot" }, going, button("Hand in …", overview))),
    show({ left, count }) {
      const seconds = Math.ceil(left - 0.001);
      const time = [plural(Math.floor(seconds / 60), "minute"), plural(seconds % 60, "second")].join(" and ");
      const answers = plural(Object.keys(sheet.answers).length, "answer");
      const flags = plural(sheet.flags.length, "flag");
      const stands = `The exam stopped at question ${sheet.at + 1} of ${count}, with ${time} left. Your ${answers} and ${flags} are kept.`;
      const another = [h("code", {}, "exam(new=True)"), " passes over this exam and begins another."];
      text.replaceChildren(h("p", {}, stands), h("p", { class: "small muted" }, another));
    },
    focus: () => going.focus(),
  };
}

/** What is open and what is flagged, and handing in. */
export function createOverview(sheet, { go, back, on, hand }) {
  const numbers = createNumbers(sheet, go, "wide");
  const text = h("p");
  const foot = h("div", { class: "iam-foot" });
  const links = (places) => listed(places.map((at) => h("button", { type: "button", class: "iam-link", "aria-label": `Question ${at + 1}`, onclick: () => go(at) }, String(at + 1))));
  const named = (places, one, many) => [`${Word(places.length)} ${places.length === 1 ? one : many}: `, ...links(places), ". "];
  return {
    dom: h("div", { class: "iam-exam-face" }, numbers.dom, numbers.legend, h("div", { class: "iam-prose" }, text), foot),
    show({ face }) {
      const { open, flagged } = sheet;
      const stillOpen = open.length ? named(open, "question is still open", "questions are still open") : ["Every question has an answer. "];
      const marked = flagged.length ? named(flagged, "is flagged", "are flagged") : [];
      text.replaceChildren(...stillOpen, ...marked, open.length ? "An open question counts as wrong; a guess costs nothing." : "");
      const place = open.length ? open[0] : sheet.at;
      const going = button(`Go to question ${place + 1}`, () => go(place), open.length ? "primary" : "");
      const end = button(open.length ? `Hand in with ${open.length} open` : "Hand in", hand, open.length ? "" : "primary");
      const held = foot.contains(document.activeElement) ? [...foot.children].indexOf(document.activeElement) : -1;
      foot.replaceChildren(...(open.length ? [going, end] : [end, going]), button("Back", face === "paused" ? back : () => go(sheet.at), "quiet"));
      foot.children[held]?.focus();
      numbers.show();
    },
    focus: () => foot.firstElementChild.focus(),
  };
}

/** Things in a sentence: a, b and c. */
function listed(things) {
  return things.flatMap((thing, index) => (index === 0 ? [thing] : [index === things.length - 1 ? " and " : ", ", thing]));
}
