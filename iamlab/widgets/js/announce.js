// What a screen reader hears of changes: one sentence once things have rested, not each key.

import { h, say } from "./dom.js";

const REST = 600;

/** Make the status region; `announce(text)` is heard when nothing newer comes for a while. */
export function createAnnouncer() {
  const dom = h("div", { class: "sr", role: "status" });
  let timer = null;
  return {
    dom,
    announce(text) {
      clearTimeout(timer);
      timer = setTimeout(() => say(dom, text), REST);
    },
    end: () => clearTimeout(timer),
  };
}
