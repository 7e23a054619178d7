// The style sheet travels in the bundle and is put on the page once.

import answers from "../css/answers.css";
import tokens from "../css/tokens.css";
import editor from "../css/editor.css";
import exam from "../css/exam.css";
import exercise from "../css/exercise.css";
import frame from "../css/frame.css";
import layer from "../css/layer.css";
import requests from "../css/requests.css";
import stepper from "../css/stepper.css";
import { h } from "./dom.js";
import { mask } from "./icons.js";

const SIGNS = ["error", "warning", "advice", "allowed", "explicitDeny", "implicitDeny"];

/** Put the kit's styles on the page, unless this version's are there. */
export function putStyles() {
  const id = `iamlab-style-${BUILD}`;
  if (!document.getElementById(id)) document.head.append(h("style", { id }, styles()));
}

function styles() {
  const signs = SIGNS.map((kind) => `--iam-sign-${kind}: ${mask(kind)};`).join(" ");
  return [tokens, `.iam { ${signs} }`, frame, editor, requests, exercise, answers, exam, stepper, layer].join("\n");
}
