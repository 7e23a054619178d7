// Keys between the widget and its host.
//
// The command mode of JupyterLab and Notebook acts on whatever has the focus in an output: a, b, d d and the arrows
// would insert, delete and leave cells. JupyterLab listens in the bubbling phase, Notebook in the capturing phase, so a
// listener here would come too late for one of them. Both leave alone what is inside an element with the attribute
// below; it is set or removed for each key before either of them sees that key.

const SUPPRESS = "data-lm-suppress-shortcuts";
const EDITING = new Set(["z", "y", "a", "c", "v", "x", "i", "k", "u", " ", "/", "[", "]", "."]);

let listening = false;

/** Keep from the host the keys that are the widget's; let those that run or save run and save, from text fields too. */
export function guardKeys(root) {
  root.tabIndex = -1;
  if (listening) return;
  listening = true;
  window.addEventListener("keydown", onKey, { capture: true });
}

function onKey(event) {
  const root = event.target.closest?.(".iam");
  if (!root) return;
  const inText = event.target.matches(":read-write");
  if (runsCell(event) && inText) passOn(event, root);
  else suppress(!runsCell(event) && isOurs(event, inText), inText ? [root] : [root, event.target]);
}

/** A key is matched from its target up, so a button carries the attribute itself; a text field is spared there. */
function suppress(on, elements) {
  for (const element of elements) element.toggleAttribute(SUPPRESS, on);
}

function runsCell({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  return key === "Enter" && (shiftKey || ctrlKey || metaKey || altKey);
}

function isOurs({ key, ctrlKey, metaKey, altKey }, inText) {
  if (!ctrlKey && !metaKey && !altKey) return true;
  return inText && (key.length > 1 || EDITING.has(key.toLowerCase()));
}

/** The host spares text fields, which here would mean: does not run the cell. So the key is pressed on the root. */
function passOn(event, root) {
  event.preventDefault();
  event.stopImmediatePropagation();
  root.focus({ preventScroll: true });
  const { key, code, keyCode, shiftKey, ctrlKey, metaKey, altKey } = event;
  const init = { key, code, keyCode, shiftKey, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true };
  root.dispatchEvent(new KeyboardEvent("keydown", init));
}
