// The answer is a policy: the editor with its marks, beside it the requests of the task with what it decides for them.

import { h, mark } from "./dom.js";
import { goTo, setText, setWritable } from "./editor.js";
import { JudgedPolicy } from "./judged_policy.js";
import { folded } from "./reading.js";

/** Make the answer of a policy exercise. */
export function createPolicyAnswer({ session, announcer }) {
  const policy = new JudgedPolicy(session, { bar: { show() {} }, announcer });
  const around = folded("Policies around it", session.setup.policies);
  const searching = h("p", { class: "small muted searching" }, "Looking for requests of the task …");
  const requests = h("div", { class: "side" }, policy.head("Requests of the task"), searching, policy.rows.dom, around?.dom);
  return {
    dom: h("div", { class: "iam-split" }, h("div", { class: "side" }, policy.text), requests),
    /** The requests come a moment after the panel. */
    list() {
      const { requests: listed } = session;
      searching.hidden = listed.length > 0;
      mark(policy.rows.dom, "hidden", listed.length === 0);
      policy.list(listed);
    },
    show: () => policy.follow(),
    put: (text) => setText(policy.editor, text, { typed: true }),
    report: (first) => policy.report(first),
    /** The statement of the witness is lit, as long as the text is what was checked. */
    marks(result, isOld) {
      const { verdict } = (!isOld && result?.witnesses[0]) || {};
      policy.spot(verdict?.statement ?? verdict?.nearest ?? null, verdict?.decision, verdict?.elements);
    },
    go: ({ line }) => goTo(policy.editor, policy.editor.state.doc.line(Math.min(line, policy.editor.state.doc.lines)).from),
    lock: (on) => setWritable(policy.editor, !on),
    end() {
      policy.end();
      around?.end();
    },
  };
}
