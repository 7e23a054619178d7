// How texts from the kernel become nodes.

import { h } from "./dom.js";

/** Text with `code` in backticks, as nodes. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : part)).filter((part) => part !== "");
}

/** The same text with no marks, for names and announcements. */
export function plain(text) {
  return text.replaceAll("`", "");
}

/** An ARN or an action that breaks after `:` and `/` only. */
export function breakable(text) {
  return (text.match(/[^:/]*[:/]+|[^:/]+$/g) ?? []).flatMap((part) => [h("span", { class: "seg" }, part), h("wbr")]);
}

/** What is wrong and what would be right, as one piece of prose. */
export function sentences(problem) {
  return [problem.message, problem.help].filter(Boolean).join(" ");
}

/** A text that can travel: a lone half of a surrogate pair becomes U+FFFD, which keeps every offset. */
export function wellFormed(text) {
  return text.toWellFormed?.() ?? text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
