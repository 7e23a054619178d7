// Long lines wrap, and go on under their own start: an ARN is never cut off, and indentation still shows the nesting.

import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

const DEEPEST = 24;
const hanging = Array.from({ length: DEEPEST + 1 }, (_, depth) =>
  Decoration.line({ attributes: { style: `--in: ${depth + 2}ch` }, class: "hang" }),
);

function indents(view) {
  const builder = new RangeSetBuilder();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      builder.add(line.from, line.from, hanging[Math.min(line.text.search(/\S|$/), DEEPEST)]);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

export const wrapping = [
  EditorView.lineWrapping,
  ViewPlugin.define(
    (view) => ({
      decorations: indents(view),
      update(update) {
        if (update.docChanged || update.viewportChanged) this.decorations = indents(update.view);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  ),
];
