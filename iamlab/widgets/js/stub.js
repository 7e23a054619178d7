// What every widget carries: it fetches the code once a page, then hands over. The code itself comes in a message,
// so that neither a widget's state nor a saved notebook ever holds it.

const KEY = `iamlab ${BUILD}`;
const PATIENCE = 15_000;

/** The one promise of the code on this page; a failure is forgotten, so that the next view asks again. */
function code(model) {
  globalThis[KEY] ??= fetched(model).catch((error) => {
    delete globalThis[KEY];
    throw error;
  });
  return globalThis[KEY];
}

async function fetched(model) {
  const text = await asked(model);
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function asked(model) {
  const id = crypto.randomUUID?.() ?? String(Math.random());
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(reject, new Error("The kernel did not send the editor's code.")), PATIENCE);
    const done = (settle, value) => {
      clearTimeout(timer);
      model.off("msg:custom", heard);
      settle(value);
    };
    const heard = (message) => {
      if (message.type === "code" && message.id === id) done(resolve, message.code);
    };
    model.on("msg:custom", heard);
    model.send({ type: "code", id });
  });
}

/** Another view may have asked through a kernel that is gone: then this one asks through its own. */
async function loaded(model) {
  const others = globalThis[KEY];
  return others ? others.catch(() => code(model)) : code(model);
}

async function render({ model, el, signal }) {
  try {
    const { policyEditor } = await loaded(model);
    return signal?.aborted ? undefined : policyEditor({ model, el });
  } catch (error) {
    el.setAttribute("role", "alert");
    el.textContent = `${error.message} Run this cell again to open the editor; what you typed is kept.`;
  }
}

export default { render };
