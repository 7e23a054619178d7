// The time left, as a number. The kernel counts; between its words the number runs on here.

import { h, mark, say } from "./dom.js";
import { icon } from "./icons.js";

const EVERY = 5;
const SAID = [
  [600, "Ten minutes left"],
  [120, "Two minutes left"],
];

/** Make the clock. `tick(seconds)` tells the kernel how long this page was open, `say(text)` is heard. */
export function createTimer({ tick, say: announce }) {
  const number = h("span", { role: "timer", "aria-label": "Time left" });
  const dom = h("span", {}, icon("clock"), number);
  let left = 0;
  let told = performance.now();
  let sent = performance.now();
  let before = Infinity;
  let runs = false;
  const now = () => Math.max(0, left - (runs ? (performance.now() - told) / 1000 : 0));
  const since = () => {
    const seconds = (performance.now() - sent) / 1000;
    sent = performance.now();
    return seconds;
  };
  const draw = () => {
    const seconds = now();
    say(number, clock(seconds));
    for (const [mark, words] of SAID) if (runs && before > mark && seconds <= mark) announce(words);
    before = seconds;
    if (runs && (performance.now() - sent >= EVERY * 1000 || seconds <= 0)) tick(since());
  };
  const interval = setInterval(draw, 1000);
  return {
    dom,
    since,
    show({ face, left: seconds }) {
      const now = performance.now();
      if (!runs && face === "running") [sent, before] = [now, seconds];
      runs = face === "running";
      if (seconds !== left || !runs) [left, told] = [seconds, now];
      mark(dom, "hidden", face === "over" || face === "start");
      draw();
    },
    end: () => clearInterval(interval),
  };
}

/** Seconds as minutes and seconds, with hours where there are more than a hundred minutes. */
export function clock(seconds) {
  const whole = Math.ceil(seconds - 0.001);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return minutes < 100 ? `${two(minutes)}:${two(rest)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`;
}
