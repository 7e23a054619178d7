// Keys between the widget and JupyterLab, which listens on the document, in the bubbling phase.
//
// Its command mode acts on whatever has the focus in an output: a, b, d d and the arrows would insert, delete and leave
// cells. So keys end at the widget's root, but for those that belong to the cell: run, save and other Ctrl keys.

const HISTORY = new Set(["z", "y"]);

/** Stop at `root` what the host must not act on, and let the keys that run a cell run it, from text fields too. */
export function guardKeys(root) {
  root.tabIndex = -1;
  root.addEventListener("keydown", (event) => {
    if (runsCell(event)) passOn(event, root);
    else if (endsHere(event)) event.stopPropagation();
  });
}

/** Whether a key runs the cell in any cell of JupyterLab. */
export function runsCell(event) {
  return event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
}

function endsHere(event) {
  const host = event.ctrlKey || event.metaKey || event.altKey;
  return !host || event.defaultPrevented || HISTORY.has(event.key.toLowerCase());
}

/** JupyterLab spares text fields, which here would mean: does not run the cell. So the key is pressed on the root. */
function passOn(event, root) {
  if (!event.target.matches(":read-write")) return;
  event.preventDefault();
  event.stopPropagation();
  root.focus({ preventScroll: true });
  const { key, code, keyCode, shiftKey, ctrlKey, metaKey, altKey } = event;
  root.parentElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, keyCode, shiftKey, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true }),
  );
}
