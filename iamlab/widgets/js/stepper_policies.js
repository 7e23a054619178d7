// The policies that a step asks: a list where there are several, and one of them in an editor, with the statement that
// applies or comes closest lit.

import { h, mark } from "./dom.js";
import { createEditor, createViewer, goTo, reveal, setText, setWritable } from "./editor.js";
import { problemsAt, light, markProblems } from "./marks.js";
import { createProblems } from "./problems.js";
import { icon } from "./icons.js";

const SIGNS = { true: ["ok", "applies", "iam-ok"], false: ["dash", "does not apply", "muted"], null: null };

/** Make the place. `typed(key, text)` hears of each change; `onShown(row)` which policy's statement stands below. */
export function createPolicies(session, typed) {
  const list = h("ul", { class: "iam-asked-list", "aria-label": "Policies asked here" });
  const head = h("h4");
  const frame = h("div", { class: "iam-ed" });
  const place = h("div", {}, head, frame);
  const problems = createProblems({ go: (problem) => goTo(current().view, problem.from, problem.to), mend });
  const dom = h("div", { class: "iam-policies" }, list, place, problems.dom);
  const editors = new Map();
  let [node, report, chosen, shown, locked] = [null, null, null, null, false];
  const self = { dom, focus, follow, lock, show, end, onShown: () => {} };
  return self;

  function current() {
    return editors.get(shown?.key);
  }

  function show(newNode, newReport) {
    if (node?.number !== newNode.number) chosen = null;
    [node, report] = [newNode, newReport];
    const labels = node.policies.map(({ label }) => label);
    if (!labels.includes(chosen)) chosen = null;
    draw(chosen ?? node.first ?? labels[0]);
  }

  function draw(label) {
    shown = report.policies.find((policy) => policy.label === label) ?? null;
    drawList(label);
    place.hidden = !shown;
    const row = node.policies.find((one) => one.label === label);
    self.onShown(row);
    if (!shown) return problems.show([]);
    const isNew = !editors.has(shown.key);
    if (isNew) editors.set(shown.key, open(shown));
    const { view } = current();
    mark(frame, "class", shown.editable ? "iam-ed" : "iam-ed read");
    if (frame.firstChild !== view.dom) frame.replaceChildren(view.dom);
    follow(JSON.parse(session.text).policies ?? {});
    head.replaceChildren(shown.name, h("span", { class: "muted" }, [shown.where, row?.statement?.label.replace("Statement", "statement"), shown.editable ? "" : "AWS keeps this one, it can be read only"].filter(Boolean).join(" · ")));
    if (report.revision === session.revision) marks(view, row, label);
  }

  /** Offsets are true only for the text that was judged. */
  function marks(view, row, label) {
    const found = report.problems[label] ?? [];
    if (shown.editable) markProblems(view, found, mend);
    problems.show(found);
    if (found.length) return;
    light(view, row?.statement ?? null, row?.decision, row?.elements, { hits: true });
    if (row?.statement && !view.hasFocus) requestAnimationFrame(() => view.dom.isConnected && reveal(view, row.statement));
  }

  function drawList(label) {
    list.hidden = node.policies.length < 2;
    const names = new Map(report.policies.map((policy) => [policy.label, policy]));
    const key = JSON.stringify([node.policies.map(({ label: one, said, applies }) => [one, said, applies, names.get(one)]), node.number]);
    if (list.dataset.key !== key) list.replaceChildren(...items(node.policies, (row) => item(row, names.get(row.label))));
    list.dataset.key = key;
    for (const one of list.querySelectorAll("[data-label]")) mark(one.firstChild, "aria-pressed", String(one.dataset.label === label));
  }

  function item({ label, said, applies }, { name, where }) {
    const sign = SIGNS[String(applies)];
    const choose = () => draw((chosen = label));
    const words = [where, report.problems[label] ? "cannot be read now" : said].filter(Boolean).join(" · ");
    return h("li", { "data-label": label }, h("button", { type: "button", onclick: choose }, h("span", { class: sign?.[2] }, sign && icon(sign[0], sign[1])), h("span", {}, h("b", {}, name), h("span", { class: "muted" }, words))));
  }

  function open({ key, kind, text, name, editable }) {
    if (!editable) return { view: createViewer(text, `${name}, read-only`), editable };
    const view = createEditor(text, {
      ask: (question) => session.question("complete", { ...question, kind }),
      changed: (now) => typed(key, now),
      moved: () => {},
      met: () => true,
      mend: () => (problemsAt(view)[0] ? (mend(problemsAt(view)[0]), true) : false),
    }, `${name}, JSON`);
    setWritable(view, !locked);
    return { view, editable };
  }

  function mend({ fix }) {
    const { view } = current();
    if (fix) view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.insert } });
  }

  /** The texts come from what was changed, and where nothing was, from the policies as they are. */
  function follow(edits) {
    for (const policy of report?.policies ?? []) {
      const editor = editors.get(policy.key);
      if (!editor) continue;
      const text = edits[policy.key] ?? (report.revision === session.revision ? policy.text : null);
      if (text !== null) setText(editor.view, text);
    }
  }

  function focus() {
    current()?.view.focus();
  }

  function lock(on) {
    locked = on;
    for (const { view, editable } of editors.values()) if (editable) setWritable(view, !on);
  }

  function end() {
    for (const { view } of editors.values()) view.destroy();
  }
}

/** Many policies that have no statement of the kind asked for stand together behind a line that opens. */
function items(rows, make) {
  const [telling, silent] = [rows.filter(({ statement }) => statement), rows.filter(({ statement }) => !statement)];
  if (silent.length < 3 || rows.every(({ said }) => !said)) return rows.map(make);
  const words = new Set(silent.map(({ said }) => said));
  const title = `${silent.length} ${telling.length ? "more" : "policies"}: ${words.size === 1 ? [...words][0] : "nothing that applies"}`;
  return [...telling.map(make), h("li", {}, h("details", { class: "iam-fold" }, h("summary", {}, title), h("ul", {}, silent.map(make))))];
}
