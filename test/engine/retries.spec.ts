import { expect } from "chai";
import type { EngineOutcome } from "../../cli/engine/outcome";
import type { SimulatedStack } from "../../cli/engine/simulatedStack";
import { readSettings } from "../../cli/settings";
import type { Operation } from "../../simulator/resources/engineDoor/providerService";
import { AzureRefusal } from "../../simulator/resources/model";
import { createTenant } from "../../simulator/resources/tenant";
import type { Propagation } from "../../simulator/resources/virtualTime";
import { changes, Rig } from "../support/engine";

const SUBSCRIPTION = "00000000-0000-4000-8000-00000000000d";
const SENTINEL = "00000000-0000-4000-8000-00000000000b";

/** One playbook has one of everything that is retried. */
const settings = readSettings("dev").with({ playbooks: ["submitAlert"], automatedPlaybooks: null });

function tenant(propagation: Partial<Propagation>) {
    const location = "westeurope";
    const customerId = "00000000-0000-4000-8000-00000000000c";
    const azure = createTenant(
        {
            tenantId: "00000000-0000-4000-8000-00000000000a",
            securityInsightsPrincipalId: SENTINEL,
            subscriptions: [
                {
                    subscriptionId: SUBSCRIPTION,
                    resourceGroups: [
                        {
                            name: "contoso-security",
                            location,
                            workspaces: [{ name: "contoso-sentinel", customerId }],
                        },
                        { name: "contoso-playbooks", location },
                    ],
                },
            ],
        },
        { propagation },
    );
    return { azure, subscriptionId: SUBSCRIPTION, securityInsightsPrincipalId: SENTINEL };
}

const principalNotFound = new AzureRefusal(400, "PrincipalNotFound", "Principal 1f2e does not exist.");
const conflict = new AzureRefusal(409, "ConflictError", "A conflict occurred.");
const missingPermissions = new AzureRefusal(
    400,
    "BadRequest",
    "Missing required permissions for Microsoft Sentinel on the playbook resource",
);

/** What Azure refuses beyond its rules, and how often: by `<operation> <logical name>`. */
type Refusals = Record<string, { readonly times: number; readonly refusal: AzureRefusal }>;

/** Refuses, and counts all attempts. */
class Disturber {
    refusals: Refusals = {};
    /** By `<operation> <logical name>`. */
    attempts: Record<string, number> = {};

    readonly refuse = ({ kind, name }: Operation): AzureRefusal | undefined => {
        const key = `${kind} ${name}`;
        const attempt = (this.attempts[key] ?? 0) + 1;
        this.attempts[key] = attempt;
        const { times = 0, refusal } = this.refusals[key] ?? {};
        return attempt <= times ? refusal : undefined;
    };

    begin(refusals: Refusals): void {
        this.refusals = refusals;
        this.attempts = {};
    }

    /** What was tried more than once. */
    get retried(): Record<string, number> {
        return Object.fromEntries(Object.entries(this.attempts).filter(([, attempts]) => attempts > 1));
    }
}

/** Virtual seconds that were waited before each new attempt, by logical name. */
function waitsIn({ diagnostics }: EngineOutcome): Record<string, number[]> {
    const waits: Record<string, number[]> = {};
    for (const { message } of diagnostics) {
        const [, name, seconds] =
            /^(\S+) \(\S+\): Azure is not ready yet\. Trying again in (\d+) seconds\./.exec(message) ?? [];
        if (name !== undefined) {
            (waits[name] ??= []).push(Number(seconds));
        }
    }
    return waits;
}

/** What the CLI's summary says, from its last headline on. */
function summaryOf({ output }: EngineOutcome): string {
    return output.slice(output.lastIndexOf("\nDiagnostics:"));
}

function errorsOf({ diagnostics }: EngineOutcome): string[] {
    return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
}

describe("A refusal that passes by itself", () => {
    const disturber = new Disturber();
    let rig: Rig;
    let stack: SimulatedStack;

    before(async () => {
        // A rule meets both: first its playbook may not be run, then Sentinel does not see the trigger.
        const propagation = { roleAssignment: 90_000, trigger: 120_000 };
        rig = Rig.start({ settings, tenant: tenant(propagation), refuse: disturber.refuse });
        stack = await rig.stack();
    });

    after(() => {
        rig.end();
    });

    it("is waited out in a creation, longer each time", async () => {
        disturber.begin({
            "create submitAlert-workspace-role": { times: 2, refusal: principalNotFound },
            "create submitAlert-vault-access": { times: 3, refusal: conflict },
        });
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(disturber.retried).to.deep.equal({
            "create submitAlert-workspace-role": 3,
            "create submitAlert-vault-access": 4,
            "create automation-rule-submitAlert": 5,
        });
        const { "automation-rule-submitAlert": forTheRule, ...waits } = waitsIn(update);
        expect(waits).to.deep.equal({
            "submitAlert-workspace-role": [5, 10],
            "submitAlert-vault-access": [5, 10, 20],
        });
        expect(forTheRule).to.deep.equal([5, 10, 20, 40]);
        const [rights, trigger] = ["Missing required permissions", "not using Microsoft Sentinel Incident"];
        const reasons = update.diagnostics
            .filter(({ message }) => message.startsWith("automation-rule-submitAlert ("))
            .map(({ message }) => [rights, trigger].find((reason) => message.includes(reason)));
        expect(reasons).to.deep.equal([rights, rights, trigger, trigger]);
        const chain = stack.time.longestChain();
        const rule = chain.at(-1);
        expect(rule?.name).to.equal("automation-rule-submitAlert");
        // The waits, and a second for each refusal.
        expect(rule?.waited).to.equal((5 + 10 + 20 + 40 + 4) * 1000);
    });

    it("leaves no line of its waits in the summary, as it passed", async () => {
        disturber.begin({
            "update automation-rule-submitAlert": { times: 2, refusal: missingPermissions },
        });
        await stack.configure(settings.with({ severities: ["High"] }));
        const update = await stack.up();
        expect(update.succeeded, update.output).to.equal(true);
        expect(changes(update)).to.deep.equal(["update automation-rule-submitAlert"]);
        expect(disturber.retried).to.deep.equal({ "update automation-rule-submitAlert": 3 });
        expect(waitsIn(update)).to.deep.equal({ "automation-rule-submitAlert": [5, 10] });
        expect(summaryOf(update)).not.to.include("Trying again");
        expect(errorsOf(update)).to.deep.equal([]);
    });

    it("is waited out in a deletion, where the program with its hooks runs", async () => {
        disturber.begin({ "delete submitAlert-vault-access": { times: 2, refusal: conflict } });
        const destroy = await stack.destroy();
        expect(destroy.succeeded, destroy.output).to.equal(true);
        expect(disturber.retried).to.deep.equal({ "delete submitAlert-vault-access": 3 });
        expect(waitsIn(destroy)).to.deep.equal({ "submitAlert-vault-access": [5, 10] });
    });

    it("ends after a quarter of an hour, with one error and what to do, and the next update goes on", async () => {
        disturber.begin({
            "create submitAlert-workspace-role": { times: Infinity, refusal: principalNotFound },
        });
        const failed = await stack.up();
        expect(failed.succeeded).to.equal(false);
        const waits = waitsIn(failed)["submitAlert-workspace-role"] ?? [];
        expect(waits).to.deep.equal([5, 10, 20, 40, ...Array<number>(13).fill(60)]);
        expect(waits.reduce((sum, wait) => sum + wait, 0)).to.equal(855);
        expect(disturber.attempts["create submitAlert-workspace-role"]).to.equal(18);
        expect(errorsOf(failed)).to.deep.equal([
            'Status=400 Code="PrincipalNotFound" Message="Principal 1f2e does not exist."',
            "update failed",
        ]);
        expect(summaryOf(failed)).to.include(
            "warning: submitAlert-workspace-role (azure-native:authorization:RoleAssignment): Azure was not ready for it " +
                "in a quarter of an hour. Deploy again, which goes on from here: pulumi up",
        );
        expect(summaryOf(failed)).not.to.match(/Trying again|^\s+at /m);

        disturber.begin({});
        const next = await stack.up();
        expect(next.succeeded, next.output).to.equal(true);
        expect(changes(next)).to.deep.equal([
            "create automation-rule-submitAlert",
            "create submitAlert-workspace-role",
        ]);
    });
});
