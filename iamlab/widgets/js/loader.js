// What every widget carries: it fetches the code once a page, then hands over. The code itself comes in a message,
// so that neither a widget's state nor a saved notebook ever holds it.

const KEY = `iamlab ${BUILD}`;
const NEWS = 3_000;
const AGAIN = 10_000;
const WAITING =
  "This waits for the kernel. If the kernel is gone, run this cell again: what you typed is kept.";

/** What this page knows of the code; forgotten when the code fails, so that the next view asks again. */
function page() {
  globalThis[KEY] ??= { asked: -Infinity, ...Promise.withResolvers?.() ?? resolvers() };
  return globalThis[KEY];
}

function resolvers() {
  let resolve;
  return { promise: new Promise((settle) => (resolve = settle)), resolve };
}

/** Of the views whose kernel answers at all, one asks; a saved notebook's old views have none, and wait for it. */
async function code(model) {
  const shared = page();
  const heard = ({ type, code }) => {
    if (type === "code") shared.resolve(code);
    if (type !== "ready" || performance.now() - shared.asked < AGAIN) return;
    shared.asked = performance.now();
    model.send({ type: "code" });
  };
  model.on("msg:custom", heard);
  model.send({ type: "ready" });
  try {
    return await (shared.module ??= shared.promise.then(imported));
  } finally {
    model.off("msg:custom", heard);
  }
}

async function imported(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function render({ model, el, signal }) {
  el.setAttribute("role", "status");
  const timer = setTimeout(() => (el.textContent = WAITING), NEWS);
  try {
    const views = await code(model);
    el.removeAttribute("role");
    return signal?.aborted ? undefined : views[model.get("setup").view ?? "policyEditor"]({ model, el });
  } catch (error) {
    delete globalThis[KEY];
    el.textContent = `This could not be opened: ${error.message}. Run this cell again: what you typed is kept.`;
  } finally {
    clearTimeout(timer);
  }
}

export default { render };
