// One question of an exam: its task, what it shows, the answer; beside it the numbers of all.

import { createChoices } from "./answer_choices.js";
import { createMatches } from "./answer_match.js";
import { createOrder } from "./answer_order.js";
import { createPredictions } from "./answer_predict.js";
import { h, mark, say } from "./dom.js";
import { createNumbers } from "./exam_numbers.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";

const ANSWERS = { predict: createPredictions, order: createOrder, choose: createChoices, diagnose: createChoices, match: createMatches };
const CHOSEN = ["choose", "diagnose"];
const LAST_LETTER = 4;

/** Make the face of a running exam. */
export function createQuestionFace(sheet, { session, announcer }, { go, flag, overview }) {
  const region = h("div", { class: "iam-exam-question", role: "group", tabindex: "-1" });
  const numbers = createNumbers(sheet, go);
  const count = h("p", { class: "small muted num" });
  const foot = createFoot({ go: (by) => go(sheet.at + by), flag, overview });
  let shown = null;
  let answer = null;

  const draw = (question) => {
    const hadFocus = region.contains(document.activeElement);
    answer?.end();
    answer = createAnswer(question, { session, announcer, edit: (text) => sheet.answer(text) });
    mark(region, "aria-label", `Question ${sheet.at + 1} of ${sheet.questions.length}`);
    region.replaceChildren(h("div", { class: "iam-prose iam-task" }, markdown(question.task)), answer.dom);
    if (shown !== null) announcer.announce(`Question ${sheet.at + 1}, ${sheet.isAnswered(question) ? "answered" : "not answered"}`);
    if (hadFocus) region.focus({ preventScroll: true });
    shown = question;
  };

  return {
    dom: h(
      "div",
      { class: "iam-exam" },
      h("div", {}, region, foot.dom),
      h("div", { class: "iam-exam-aside", role: "region", "aria-label": "Overview" }, h("h4", {}, "Questions"), numbers.dom, numbers.legend, count, h("div", {}, foot.hand)),
    ),
    show() {
      const { question, answers, flags, questions, open } = sheet;
      if (shown?.name !== question.name) draw(question);
      const text = answers[question.name];
      if (text !== undefined) answer.show(text);
      numbers.show();
      foot.show(sheet, question);
      say(count, `${questions.length - open.length} of ${questions.length} answered, ${flags.length} flagged`);
    },
    /** Choose the option with a letter, of the question in which the focus is; false where there is none. */
    choose(letter) {
      const groups = [...region.querySelectorAll(".iam-question")];
      const group = groups.find((one) => one.contains(document.activeElement)) ?? groups[0];
      const input = group?.querySelectorAll("input")[letter];
      if (!input) return false;
      input.click();
      input.focus();
      return true;
    },
    focus: () => region.focus({ preventScroll: true }),
    end: () => answer?.end(),
  };
}

/** The answer's part of an exercise panel, which hears of no result here. */
function createAnswer(question, { session, announcer, edit }) {
  const setup = { ...question, kind_word: question.several ? `Choose ${question.rows}` : "Choose one", sure: false };
  const own = { setup, text: "", question: async () => null, session };
  return ANSWERS[question.kind]({ session: own, announcer, edit });
}

function createFoot({ go, flag, overview }) {
  const button = (inner, onclick, look = "") => h("button", { type: "button", class: `iam-btn ${look}`, onclick }, inner);
  const word = h("span");
  const previous = button([icon("left"), "Previous"], () => previous.getAttribute("aria-disabled") || go(-1));
  const next = button("Next", () => (next.dataset.last ? overview() : go(1)), "primary");
  const flagger = button([icon("flag"), word], flag);
  const keys = h("span", { class: "push iam-keys" });
  return {
    dom: h("div", { class: "iam-foot" }, previous, next, flagger, keys),
    hand: button("Hand in …", overview),
    show(sheet, question) {
      const isLast = sheet.at === sheet.questions.length - 1;
      mark(previous, "aria-disabled", sheet.at === 0 ? "true" : null);
      mark(previous, "title", sheet.at === 0 ? "This is the first question." : null);
      mark(next, "data-last", isLast);
      say(next, isLast ? "Overview" : "Next");
      say(word, sheet.isFlagged() ? "Flagged" : "Flag");
      mark(flagger, "aria-pressed", String(sheet.isFlagged()));
      keys.replaceChildren(...lettersOf(question), pair(["n", "p"], "next, previous"), pair(["f"], "flag"));
    },
  };
}

function lettersOf({ kind, options, questions }) {
  if (!CHOSEN.includes(kind)) return [];
  const most = Math.max(...(questions ?? [{ options }]).map((one) => one.options.length));
  return [h("span", {}, h("kbd", {}, "a"), "–", h("kbd", {}, String.fromCharCode(97 + Math.min(most - 1, LAST_LETTER))), "answer")];
}

const pair = (names, words) => h("span", {}, names.map((name) => h("kbd", {}, name)), words);
