// Runs AWS requests through another evaluator: cases as JSON on the standard input, answers as JSON on the output.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const { anonymousPrincipal, runSimulation } = await import(pathToFileURL(require.resolve("@cloud-copilot/iam-simulate")));
const named = (documents) => documents.map((policy, at) => ({ name: `policy ${at}`, policy }));

const answers = [];
for (const { policies, request } of JSON.parse(readFileSync(0, "utf8"))) {
  const { principal } = request;
  const asks = principal.session_arn || principal.arn || principal.name || principal.provider;
  const simulation = {
    request: {
      principal: principal.kind === "anonymous" ? anonymousPrincipal : asks,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resource_account },
      contextVariables: request.context ?? {},
    },
    identityPolicies: named(policies.identity ?? []),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: policies.key ?? policies.resource ?? undefined,
    sessionPolicy: policies.session ?? undefined,
    permissionBoundaryPolicies: policies.boundary ? named([policies.boundary]) : undefined,
    vpcEndpointPolicies: policies.endpoint ? named([policies.endpoint]) : undefined,
  };
  const found = await runSimulation(simulation, {});
  const ignored = (found.results ?? [found.result ?? {}]).flatMap((one) => one.ignoredContextKeys ?? []);
  answers.push(found.resultType === "error" ? { error: found.errors.message } : { answer: found.overallResult, ignored });
}
process.stdout.write(JSON.stringify(answers));
