// The result of an exam: the number first, then where it comes from, then each answer that is not right, with what
// holds and why. Right answers are folded away.

import { h } from "./dom.js";
import { clock } from "./exam_timer.js";
import { lesson } from "./exercise_result.js";
import { icon } from "./icons.js";
import { inline, markdown } from "./markdown.js";
import { message, readers } from "./reading.js";
import { breakable } from "./text.js";

const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/** Make the face of an exam that was handed in. */
export function createExamResult(session) {
  const dom = h("div", { class: "iam-exam-result", tabindex: "-1", role: "region", "aria-label": "Result" });
  const made = [];
  let drawn = null;
  return {
    dom,
    show({ result, minutes }) {
      if (!result || drawn === JSON.stringify(result)) return;
      drawn = JSON.stringify(result);
      const again = result.questions.filter(({ status }) => status !== "right");
      const right = result.questions.filter(({ status }) => status === "right");
      const fold = (one) => question(one, session.questions[one.number - 1], made);
      dom.replaceChildren(
        facts(result, minutes),
        ...[result.shortage && h("p", { class: "small muted" }, result.shortage)].filter(Boolean),
        parts(result.parts),
        ...(again.length ? [h("section", { "aria-label": "To look at again" }, h("h4", {}, `${WORDS[again.length] ?? again.length} to look at again`), again.map(fold))] : []),
        ...(right.length ? [h("section", { "aria-label": "Right" }, rest(right, fold))] : []),
        h("p", { class: "small muted" }, "The same questions again: ", h("code", {}, `exam(${result.of}, ${minutes}, seed="${result.seed}")`)),
      );
    },
    focus: () => dom.focus({ preventScroll: true }),
    end: () => made.forEach((one) => one.end()),
  };
}

function facts({ right, of, percent, needed, passed, used }, minutes) {
  const fact = (name, number, more) => h("div", {}, h("dt", {}, name), h("dd", { class: "iam-big" }, number, " ", h("span", { class: "muted" }, more)));
  const outcome = h("span", { class: "iam-mark" }, icon(passed ? "ok" : "dash"), passed ? "passed" : "not passed");
  return h(
    "dl",
    { class: "iam-facts" },
    fact("Right", String(right), `of ${of}, ${percent} %`),
    fact("To pass this mock exam", String(needed), [`of ${of} `, outcome]),
    fact("Time used", clock(used), `of ${clock(minutes * 60)}`),
  );
}

function parts(listed) {
  const head = h("thead", { class: "sr" }, h("tr", {}, ["Topic", "Share right", "Right", "Read on"].map((name) => h("th", { scope: "col" }, name))));
  const row = ({ name, title, right, of, lesson: taught }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, title, " ", h("span", { class: "muted" }, name)),
      h("td", { class: "bar" }, h("span", { class: "iam-meter", role: "img", "aria-label": `${right} of ${of}` }, h("i", { style: `width: ${(100 * right) / of}%` }))),
      h("td", { class: "r num" }, `${right} of ${of}`),
      h("td", { class: "r" }, taught ? lesson(short(taught)) : h("span", { class: "muted" }, "sound")),
    );
  return h("section", { "aria-label": "By topic" }, h("h4", {}, "By topic"), h("table", {}, head, h("tbody", {}, listed.map(row))));
}

/** In a column of lessons the number is enough. */
const short = (taught) => ({ ...taught, name: taught.name.split(",")[0] });

function rest(right, fold) {
  const inner = h("div");
  const details = h("details", { class: "iam-fold" }, h("summary", {}, icon("right"), h("span", {}, right.length === 1 ? "The right answer" : `The ${right.length} right answers`), h("span")), inner);
  details.addEventListener("toggle", () => inner.children.length || inner.append(...right.map(fold)), { once: true });
  return details;
}

const STATUS = { right: ["is-right", "ok", "right"], wrong: ["is-wrong", "no", "wrong"], open: ["is-wrong", "dash", "open"] };

/** One question, drawn when it is opened. */
function question(one, asked, made) {
  const [look, sign, word] = STATUS[one.status];
  const inner = h("div", { class: "in" });
  const summary = h("summary", {}, icon("right"), h("span", {}, `Question ${one.number} `, h("span", { class: "muted" }, one.title)), h("span", { class: `iam-mark ${look}` }, icon(sign), word));
  const details = h("details", { class: "iam-fold" }, summary, inner);
  details.addEventListener("toggle", () => inner.children.length || inner.append(...told(one, asked, made)), { once: true });
  return details;
}

function told({ blocks, why, status, lesson: taught }, asked, made) {
  const shown = exhibits(asked);
  made.push(...shown);
  const reason = why ? [h("div", { class: "iam-prose" }, markdown(why))] : [];
  return [h("div", { class: "iam-prose" }, markdown(asked.task)), ...shown.map(({ dom }) => dom), ...blocks.map((one) => block(one, status === "open")), ...reason, h("p", { class: "small" }, "Read on:", lesson(taught))];
}

/** What the question showed. */
function exhibits({ policies, message: text }) {
  const own = policies?.length ? [readers(policies)] : [];
  return text ? [message(text), ...own] : own;
}

function block({ question: asked, options, lines }, isOpen) {
  const head = asked ? [h("p", { class: "strong" }, inline(asked))] : [];
  return h("div", {}, head, options ? h("ul", { class: "iam-opts" }, options.map((one) => option(one))) : h("ul", { class: "iam-lines" }, lines.map((one) => line(one, isOpen))));
}

function option({ key, text, chosen, right, why }) {
  const [look, sign, words] = right ? ["is-right", "ok", chosen ? "the answer, and yours" : "the answer"] : ["is-wrong", "no", "your answer"];
  const state = right || chosen ? h("span", { class: `iam-mark ${look}` }, icon(sign), words) : h("span");
  return h("li", { class: chosen ? "chosen" : "" }, h("div", { class: "iam-opt" }, h("span", { class: "key" }, key), h("span", {}, inline(text)), state), why && h("p", { class: "tell" }, inline(why)));
}

/** One of several things that were asked; where nothing was answered, only what holds is said. */
function line({ label, yours, holds, right, why }, isOpen) {
  const state = isOpen ? null : h("span", { class: `iam-mark ${right ? "is-right" : "is-wrong"}` }, icon(right ? "ok" : "no"), right ? "right" : "not so");
  const mine = right || isOpen ? [] : [h("dt", {}, "Your answer"), h("dd", {}, breaking(yours))];
  const inner = h("dl", {}, mine, h("dt", {}, "So it is"), h("dd", {}, breaking(holds)));
  return h("li", {}, h("span", { class: "head" }, breaking(label)), inner, state, why && h("p", { class: "tell" }, inline(why)));
}

/** Text with code; an ARN in it breaks after `:` and `/` only. */
function breaking(text) {
  return inline(text).map((node) => {
    if (node.tagName === "CODE") node.replaceChildren(...breakable(node.textContent));
    return node;
  });
}
