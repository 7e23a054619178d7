// Decides a workload with @cloud-copilot/iam-simulate, as a program of its own: workload in, JSON out.
import { readFileSync } from "node:fs";
import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

const MILLISECONDS = 2000;
const asked = JSON.parse(readFileSync(0, "utf8"));
const { identity, resource, permissions_boundary: boundary, scp = [] } = asked.policies;
const named = (documents) => documents.map((policy, i) => ({ name: `policy ${i}`, policy }));
const simulation = {
  identityPolicies: named(identity),
  serviceControlPolicies: scp.map((level, i) => ({ orgIdentifier: `ou-${i}`, policies: named(level) })),
  resourceControlPolicies: [],
  ...(resource ? { resourcePolicy: resource } : {}),
  ...(boundary ? { permissionBoundaryPolicies: named([boundary]) } : {}),
  request: {
    action: asked.action,
    principal: asked.principal,
    resource: { resource: asked.resource, accountId: "111122223333" },
    contextVariables: asked.context,
  },
};

const first = await runSimulation(simulation, {});

// Its fastest way counts: the one that trusts its input, where it gives the same answer.
async function rateOf(simulate) {
  for (let i = 0; i < 200; i++) await simulate(simulation, {});
  let count = 0;
  const begun = performance.now();
  while (performance.now() - begun < MILLISECONDS) {
    await simulate(simulation, {});
    count++;
  }
  return (1000 * count) / (performance.now() - begun);
}
const checked = await rateOf(runSimulation);
const rate = Math.max(checked, await rateOf(runUnsafeSimulation).catch(() => 0)); // it does not take every input
const manifest = new URL("node_modules/@cloud-copilot/iam-simulate/package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, "utf8"));
const decision = first.resultType === "error" ? `error: ${first.errors.message}` : first.overallResult;
console.log(JSON.stringify({ version, rate, decision }));
