// Colors of JSON, and of what matters most in a policy: `Allow` and `Deny` carry their decision's color.

import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const TOKENS = HighlightStyle.define([
  { tag: tags.propertyName, class: "k-key" },
  { tag: tags.string, class: "k-str" },
  { tag: [tags.number, tags.bool, tags.null], class: "k-atom" },
  { tag: [tags.separator, tags.squareBracket, tags.brace, tags.punctuation], class: "k-p" },
]);

const EFFECTS = {
  '"Allow"': Decoration.mark({ class: "k-allow" }),
  '"Deny"': Decoration.mark({ class: "k-deny" }),
};

/** The values of `Effect` in the part of the text that is on the screen. */
function effects(view) {
  const found = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({ from, to, enter: (node) => addEffect(view.state, node, found) });
  }
  return Decoration.set(found, true);
}

function addEffect(state, node, found) {
  if (node.name !== "Property") return;
  const [key, value] = [node.node.firstChild, node.node.lastChild];
  if (value?.name !== "String" || state.sliceDoc(key.from, key.to) !== '"Effect"') return;
  const decoration = EFFECTS[state.sliceDoc(value.from, value.to)];
  if (decoration) found.push(decoration.range(value.from, value.to));
}

const effectColors = ViewPlugin.define(
  (view) => ({
    decorations: effects(view),
    update(update) {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || parsed) this.decorations = effects(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

export const syntax = [syntaxHighlighting(TOKENS), effectColors];
