// The buttons of an exercise. One that does nothing now stays where it is, and says why.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";

const PATIENCE = 300;

/** Make the row of buttons; `keys` are the keys of the answer, shown at its end. */
export function createFoot(actions, keys = []) {
  const reasons = new Map();
  const make = (name, inner, look = "") => {
    const act = () => (reasons.get(name) ? undefined : actions[name]());
    return h("button", { type: "button", class: `iam-btn ${look}`, onclick: act }, inner);
  };
  const count = h("span", { class: "count" });
  const check = make("check", "Check", "primary");
  const hint = make("hint", [icon("advice"), "Hint ", count]);
  const solution = make("solution", [icon("key"), "Solution"]);
  const reset = make("reset", [icon("reset"), "Reset"], "quiet");
  const buttons = { check, hint, solution, reset };
  const working = h("span", { class: "muted working", role: "status" });
  const why = h("p", { class: "iam-closed small muted" });
  let timer = null;
  let locked = "";

  const state = { hint: "", solution: "", check: "", reset: "" };
  const draw = () => {
    for (const [name, button] of Object.entries(buttons)) {
      const reason = locked || state[name];
      reasons.set(name, reason);
      mark(button, "aria-disabled", reason ? "true" : null);
      mark(button, "title", reason || null);
    }
    const said = [...new Set([state.closed, state.solution].filter(Boolean))].join(" ");
    say(why, said);
    why.hidden = !said;
  };

  return {
    dom: h("div", {}, h("div", { class: "iam-foot" }, check, hint, solution, reset, working, h("span", { class: "push iam-keys" }, keys.map(key))), why),
    solution,
    progress({ hints, closed, solution: opened, checking }, setup) {
      say(count, `${hints.length} of ${setup.hints}`);
      hint.hidden = setup.hints === 0;
      hint.classList.toggle("on", hints.length > 0);
      state.closed = hints.length < setup.hints ? closed.hints : "";
      state.hint = hints.length >= setup.hints ? "All hints are shown." : closed.hints;
      state.solution = opened ? "" : closed.solution;
      this.expanded(Boolean(opened));
      this.checking(checking);
      draw();
    },
    expanded: (on) => mark(solution, "aria-expanded", String(on)),
    changed(differs) {
      state.reset = differs ? "" : "This is the start.";
      draw();
    },
    lock(reason) {
      locked = reason;
      draw();
    },
    /** A check that takes longer says so. */
    checking(on) {
      state.check = on ? "The answer is being checked." : "";
      if (on) timer ??= setTimeout(() => say(working, "Checking …"), PATIENCE);
      else {
        clearTimeout(timer);
        timer = null;
        say(working, "");
      }
      draw();
    },
    end: () => clearTimeout(timer),
  };
}

function key([names, words]) {
  return h("span", {}, names.map((name) => h("kbd", {}, name)), words);
}
