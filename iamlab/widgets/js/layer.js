// The page's own layer for lists and tooltips: inside the output they would be cut off at its edge.

import { h } from "./dom.js";

let root = null;

/** The one element on the page's body that carries the kit's tooltips. */
export function layer() {
  root ??= h("div", { class: "iam-layer" });
  if (!root.isConnected) document.body.append(root);
  return root;
}
