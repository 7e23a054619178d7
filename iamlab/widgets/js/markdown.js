// A small part of Markdown as nodes: paragraphs, lists, code, emphasis, links. Whatever else stands there is text.

import { h } from "./dom.js";

const INLINE = /`([^`]+)`|\*\*([^*]+(?:\*(?!\*)[^*]*)*)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g;
const BULLET = /^\s*[-*]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const FENCE = /^```/;

/** The blocks of a text, as nodes. */
export function markdown(text) {
  const lines = text.replaceAll("\r", "").split("\n");
  const blocks = [];
  while (lines.length) blocks.push(block(lines));
  return blocks.filter(Boolean);
}

/** A line of text with code, emphasis and links, as nodes. */
export function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(at, match.index), piece(match));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== "");
}

function piece([, code, strong, emphasis, label, address]) {
  if (code !== undefined) return h("code", {}, code);
  if (strong !== undefined) return h("strong", {}, inline(strong));
  if (emphasis !== undefined) return h("em", {}, inline(emphasis));
  return h("a", { href: address, target: "_blank", rel: "noreferrer" }, inline(label), h("span", { class: "sr" }, ", opens a new tab"));
}

/** Take one block off the lines. */
function block(lines) {
  if (!lines[0].trim()) return void lines.shift();
  if (FENCE.test(lines[0])) return fenced(lines);
  if (BULLET.test(lines[0])) return list(lines, BULLET, "ul");
  if (NUMBER.test(lines[0])) return list(lines, NUMBER, "ol");
  return h("p", {}, inline(taken(lines, (line) => line.trim() && !starts(line)).join(" ")));
}

const starts = (line) => FENCE.test(line) || BULLET.test(line) || NUMBER.test(line);

/** The first line, and those after it that go on. */
function taken(lines, goesOn) {
  const found = [lines.shift()];
  while (lines.length && goesOn(lines[0])) found.push(lines.shift());
  return found.map((line) => line.trim());
}

function fenced(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !FENCE.test(lines[0])) code.push(lines.shift());
  lines.shift();
  return h("pre", { class: "iam-src" }, code.join("\n"));
}

function list(lines, mark, tag) {
  const items = [];
  while (lines.length && mark.test(lines[0])) {
    lines[0] = lines[0].replace(mark, "");
    items.push(h("li", {}, inline(taken(lines, (line) => line.trim() && !starts(line)).join(" "))));
  }
  return h(tag, {}, items);
}
