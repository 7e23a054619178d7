// The answer is a prediction for each request: what is decided, at which step, and whether one is sure. Nothing of what
// is so is known here before the check.

import { WORDS } from "./decision.js";
import { h, mark } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./markdown.js";
import { folded, named, readers } from "./reading.js";
import { parsed } from "./said.js";
import { choices } from "./segments.js";
import { breakable } from "./text.js";
import { createTrace } from "./trace.js";

let groups = 0;
const SURE = { true: "sure", false: "not sure" };

/** Make the answer of a predict exercise. */
export function createPredictions({ session, edit }) {
  const { setup } = session;
  const usual = setup.requests[0]?.principal;
  const rows = setup.requests.map((request) => createRow(request, setup, { usual, session, changed: () => edit(written()) }));
  const written = () => JSON.stringify(Object.fromEntries(rows.map((row) => [row.id, row.read()]).filter(([, said]) => Object.keys(said).length)));
  const policies = setup.policies.length ? readers(setup.policies) : null;
  const dom = h("div", { class: "iam-answer" }, policies?.dom, h("ul", { class: "iam-preds" }, rows.map((row) => row.dom)));
  const read = (text) => {
    const said = parsed(text, {});
    for (const row of rows) row.show(said[row.id] ?? {});
  };
  return {
    dom,
    show: read,
    put(text) {
      read(text);
      edit(text);
    },
    marks(result) {
      const before = result ? parsed(result.answer, {}) : {};
      for (const row of rows) row.mark((result?.marks ?? []).find(({ id }) => id === row.id), before[row.id]);
    },
    lock: (on) => (dom.inert = on),
    end() {
      policies?.end();
      rows.forEach((row) => row.end());
    },
  };
}

function createRow(request, { decisions, steps, sure: asksSure = true }, { usual, session, changed }) {
  const { id, action } = request;
  const name = `iam-p-${++groups}`;
  const decision = choices(`${name}-d`, `Decision for ${action}`, decisions.map((one) => [one, [icon(one), WORDS[one]]]), changed);
  const sure = choices(`${name}-s`, `Sure about ${action}`, Object.entries(SURE), changed);
  const step = h("select", { class: "iam-input", "aria-label": `Deciding step for ${action}`, onchange: changed }, h("option", { value: "" }, "Which step decides?"), steps.map((one) => h("option", { value: one }, one)));
  const state = h("span", { class: "iam-mark" });
  const tell = h("p", { class: "tell", hidden: true });
  const trace = createTrace(action, () => session.question("trace", { request: id }));
  const own = folded("Policies of this request", request.policies);
  return {
    id,
    dom: h("li", { class: "iam-pred" }, asked(request, usual), own?.dom, h("div", { class: "said" }, decision.dom, step, asksSure ? sure.dom : null, state), tell, trace.dom),
    read: () => answered(decision.read(), step.value, sure.read()),
    show(said) {
      decision.show(said.decision);
      sure.show(said.sure === undefined ? undefined : String(said.sure));
      step.value = steps.includes(said.step) ? said.step : "";
    },
    /** A prediction that has changed since has no mark. */
    mark(found, before = {}) {
      const isSame = found && before.decision === decision.read() && (before.step ?? "") === step.value;
      drawMark(state, isSame ? found : null);
      tell.hidden = !isSame;
      tell.replaceChildren(...(isSame ? inline(found.text) : []));
      trace.offer(Boolean(isSame));
    },
    end: () => own?.end(),
  };
}

/** The request: what on what, by whom where that is not the same everywhere, and its context. */
function asked({ action, resource, principal, context }, usual) {
  const facts = Object.entries(context ?? {}).map(([key, value]) => `${key} = ${[value].flat().join(", ")}`);
  if (named(principal) !== named(usual)) facts.unshift(`as ${named(principal)}`);
  return h("div", { class: "asked" }, h("span", { class: "act" }, breakable(action)), h("span", { class: "res" }, breakable(resource)), facts.map((fact) => h("span", { class: "res" }, fact)));
}

function answered(decision, step, sure) {
  return { ...(decision && { decision }), ...(step && { step }), ...(sure && { sure: sure === "true" }) };
}

function drawMark(state, found) {
  const [look, sign, words] = !found ? ["", null, ""] : found.right ? ["is-right", "ok", "right"] : found.decision ? ["is-partly", "dash", "another step"] : ["is-wrong", "no", "not so"];
  state.className = `iam-mark ${look}`;
  state.replaceChildren(...(sign ? [icon(sign), words] : []));
}
