// The code that the stub fetches: one function a widget.

export { policyEditor } from "./policy_editor.js";
