// Completion: the kernel knows the names, this asks it and shows the list.

import { acceptCompletion, autocompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { ViewPlugin, keymap, repositionTooltips } from "@codemirror/view";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { prose } from "./text.js";

const LONGEST = 200_000;
const SHOWN = 100;

/**
 * Completion from a source of options: `ask({ text, offset })` gives `{ from, to, options }` in offsets of the text,
 * or null.
 */
export function completion(ask) {
  return [
    autocompletion({
      override: [(context) => answer(context, ask)],
      activateOnTypingDelay: 0,
      interactionDelay: 40,
      maxRenderedOptions: SHOWN,
      icons: false,
      defaultKeymap: false,
      addToOptions: [{ render: () => icon("play"), position: 10 }],
    }),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }, ...completionKeymap])),
    aboutBelow,
  ];
}

async function answer(context, ask) {
  const { state, pos } = context;
  if (state.doc.length > LONGEST) return null;
  const found = await ask({ text: state.doc.toString(), offset: pos });
  if (!found || context.aborted || !context.view?.hasFocus || (!context.explicit && found.to === found.from)) return null;
  const typed = state.sliceDoc(found.from, pos).toLowerCase();
  return {
    from: found.from,
    to: found.to,
    filter: false,
    options: found.options.map(option),
    getMatch: ({ label }) => matched(label, typed),
  };
}

function option({ label, detail, info, kind }) {
  return { label, detail, type: kind, info: info ? () => h("div", {}, prose(info)) : undefined };
}

function matched(label, typed) {
  const at = typed ? label.toLowerCase().indexOf(typed) : -1;
  return at < 0 ? [] : [at, at + typed.length];
}

/** The description of the chosen option stands below the list; when it comes, the list may have to move up. */
const aboutBelow = ViewPlugin.define((view) => {
  const observer = new ResizeObserver(() => repositionTooltips(view));
  let watched = null;
  const watch = () => {
    const list = completionStatus(view.state) ? document.querySelector(".iam-layer .cm-tooltip-autocomplete") : null;
    // It scrolls, so it must be said to be reachable; Tab never comes here, it takes the option.
    list?.querySelector("ul")?.setAttribute("tabindex", "0");
    if (list === watched) return;
    if (watched) observer.unobserve(watched);
    if (list) observer.observe(list);
    watched = list;
  };
  return { update: () => requestAnimationFrame(watch), destroy: () => observer.disconnect() };
});
