// The picture of the order: one rail, or across accounts one for each side. Its words are HTML; the lines and nodes
// behind them are one drawing that follows the rows wherever they stand.

import { createDecision } from "./decision.js";
import { h, mark } from "./dom.js";
import { icon } from "./icons.js";
import { drawRail } from "./stepper_geometry.js";

/** Make the picture. `go(number)` looks at a step, `into()` goes on to its policy. */
export function createFlow({ go, into }) {
  const rails = h("div", { class: "iam-rails" });
  const verdict = h("div", { class: "iam-verdict" });
  let drawn = [];
  let last = "";
  let state = null;
  const redraw = () => state && drawn.forEach(({ steps, geo }, index) => drawRail(geo, steps, state.picture.rails[index], state.at));
  const observer = new ResizeObserver(redraw);
  const press = (number) => (event) => (event.detail === 0 && number === state.at ? into() : go(number));

  return {
    dom: h("div", {}, rails, verdict),
    show(picture, at) {
      state = { picture, at };
      const key = JSON.stringify([picture.rails, picture.decision, picture.awaits]);
      if (key !== last) build(picture);
      last = key;
      for (const item of rails.querySelectorAll("li")) {
        const isHere = Number(item.dataset.number) === at;
        mark(item, "aria-current", isHere ? "step" : null);
        mark(item.firstChild, "tabindex", isHere ? "0" : "-1");
      }
      redraw();
    },
    focus: (number) => rails.querySelector(`li[data-number="${number}"] > button`)?.focus(),
    end: () => observer.disconnect(),
  };

  /** Known rows keep their elements, so that the focus stays where it is. */
  function build(picture) {
    const isTwo = picture.rails.length > 1;
    if (drawn.length !== picture.rails.length || drawn.some(({ items }, index) => items.length !== picture.rails[index].nodes.length)) {
      drawn = picture.rails.map((rail) => createRail(rail, isTwo, press));
      mark(rails, "class", isTwo ? "iam-rails iam-two" : "iam-rails");
      rails.replaceChildren(...drawn.map(({ dom }) => dom));
      observer.disconnect();
      for (const { steps } of drawn) observer.observe(steps);
    }
    drawn.forEach((rail, index) => rail.fill(picture.rails[index], picture));
    verdict.hidden = !isTwo;
    if (isTwo) fillVerdict(verdict, picture);
  }
}

function createRail({ side, nodes }, isTwo, press) {
  const geo = h("div", { class: "geo", "aria-hidden": "true" });
  const items = nodes.map(({ number }) => createItem(number, press));
  const name = isTwo ? `Steps in the ${side}'s account` : "Steps of the evaluation order";
  const end = h("div", { class: "end" });
  const steps = h("div", { class: "iam-steps" }, geo, h("ol", { "aria-label": name }, items.map(({ dom }) => dom)), end);
  const head = h("h4");
  return {
    steps,
    geo,
    items,
    dom: isTwo ? h("div", { class: "side" }, head, steps) : steps,
    fill(rail, picture) {
      head.replaceChildren(rail.title, h("span", { class: "muted num" }, rail.account));
      items.forEach((item, index) => item.fill(rail.nodes[index], picture, isTwo));
      end.replaceChildren(icon(rail.decision), h("span", {}, rail.word));
      end.className = `end d-${rail.decision}`;
    },
  };
}

function createItem(number, press) {
  const [name, said, asked, spoken] = ["n", "o", "s", "sr"].map((look) => h("span", { class: look }));
  const button = h("button", { type: "button", onclick: press(number) }, name, said, h("span", { class: "s" }, asked, spoken));
  asked.className = "";
  const dom = h("li", { "data-number": number }, button);
  return {
    dom,
    fill(node, { awaits }, isTwo) {
      const answer = node.number === awaits ? "your answer?" : node.said;
      const words = [node.asked, isTwo ? answer : ""].filter(Boolean).join(", ");
      name.textContent = node.title;
      said.textContent = isTwo ? "" : answer;
      asked.textContent = words;
      mark(button, "title", words);
      spoken.textContent = `, ${node.spoken}`;
      dom.className = node.outcome ? `decided d-${node.outcome}` : node.state;
    },
  };
}

function fillVerdict(verdict, { decision }) {
  const shown = createDecision();
  shown.show(decision);
  verdict.replaceChildren(h("span", { class: "muted small" }, "Both sides must allow"), shown.dom);
}
