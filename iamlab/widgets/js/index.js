// The code that the loader fetches: one function a widget.

export { policyEditor } from "./policy_editor.js";
export { exam } from "./exam.js";
export { exercise } from "./exercise.js";
export { stepper } from "./stepper.js";
