// What a problem is called and looks like, by its class; and what its fix is called.

import { h } from "./dom.js";
import { plain } from "./text.js";

/** The token (color, icon, wave) of each class, the gravest first. */
export const LOOKS = { error: "error", security_warning: "warning", warning: "warning", suggestion: "advice" };
export const NAMES = { error: "Error", security_warning: "Security warning", warning: "Warning", suggestion: "Suggestion" };
const LONGEST = 22;

export const look = ({ severity }) => LOOKS[severity] ?? "error";
export const name = ({ severity }) => NAMES[severity] ?? NAMES.error;

/** What a fix does, and whether that changes access, with no marks. */
export function fixName({ title, note }) {
  return note ? `${plain(title)}, ${note}` : plain(title);
}

/** What stands on a fix's button: what it does, where there is room for it. */
export function fixLabel({ title }) {
  return plain(title).length <= LONGEST ? title : "Fix it";
}

/** The page of AWS's documentation that holds the rule. */
export function page({ reference }) {
  if (!/^https:\/\//.test(reference ?? "")) return null;
  return h("a", { href: reference, target: "_blank", rel: "noreferrer" }, "AWS page", h("span", { class: "sr" }, ", opens a new tab"));
}
