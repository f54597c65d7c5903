import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AsyncLocalStorage } from "node:async_hooks";
import { errorHooks, shouldRetry, waitBefore } from "../../components/errorHooks";
import { ApiConnection } from "../../components/apiConnection";
import { run } from "../support/pulumi";

/** A clock and a log that only take notes. */
function notes() {
    const waits: number[] = [];
    const logged: string[] = [];
    return {
        waits,
        logged,
        clock: {
            sleep: (milliseconds: number) => {
                waits.push(milliseconds);
                return Promise.resolve();
            },
        },
        log: {
            info: (message: string) => Promise.resolve(void logged.push(`info ${message}`)),
            warn: (message: string) => Promise.resolve(void logged.push(`warn ${message}`)),
        },
    };
}

function failed(...errors: string[]): pulumi.ErrorHookArgs {
    return {
        urn: "urn:pulumi:dev::p::azure-native:logic:Workflow::w",
        id: "",
        name: "w",
        type: "azure-native:logic:Workflow",
        failedOperation: "create",
        errors,
    };
}

describe("waitBefore", () => {
    it("doubles from 5 seconds to a minute, and ends before a quarter of an hour is over", () => {
        const waits = Array.from({ length: 40 }, (_, index) => waitBefore(index + 1));
        const given = waits.filter((wait) => wait !== undefined);
        expect(given).to.deep.equal([5_000, 10_000, 20_000, 40_000, ...Array<number>(13).fill(60_000)]);
        expect(given.reduce((sum, wait) => sum + wait, 0)).to.equal(855_000);
        expect(waits.slice(given.length).every((wait) => wait === undefined)).to.equal(true);
    });
});

describe("shouldRetry", () => {
    it("waits, then retries, for a refusal that passes by itself", async () => {
        const { clock, log, waits, logged } = notes();
        expect(
            await shouldRetry(failed("ConflictError", "ConflictError", "PrincipalNotFound"), clock, log),
        ).to.equal(true);
        expect(waits).to.deep.equal([20_000]);
        expect(logged).to.deep.equal([
            "info w (azure-native:logic:Workflow): Azure is not ready yet. Trying again in 20 seconds. ConflictError",
        ]);
    });

    it("judges by the newest error", async () => {
        const { clock, log, waits } = notes();
        expect(await shouldRetry(failed("InvalidTemplate", "ConflictError"), clock, log)).to.equal(false);
        expect(waits).to.deep.equal([]);
    });

    it("fails at once for anything else, with the remedy, or what is true of every refusal", async () => {
        const { clock, log, waits, logged } = notes();
        const error = "MissingSubscriptionRegistration: not registered to use namespace 'Microsoft.Logic'";
        expect(await shouldRetry(failed(error), clock, log)).to.equal(false);
        expect(await shouldRetry(failed("InvalidTemplate"), clock, log)).to.equal(false);
        expect(await shouldRetry(failed(), clock, log)).to.equal(false);
        expect(waits).to.deep.equal([]);
        expect(logged).to.deep.equal([
            "warn w (azure-native:logic:Workflow): The subscription has not registered the resource provider. " +
                "Once per subscription:\naz provider register --namespace Microsoft.Logic --wait",
            ...Array<string>(2).fill(
                "warn w (azure-native:logic:Workflow): Azure refused this, for the reason in the error. " +
                    "When the reason is gone, run the same command again: it goes on from here.",
            ),
        ]);
    });

    it("answers only when the remedy has been told, as the engine listens no longer then", async () => {
        const { clock } = notes();
        const events: string[] = [];
        const told = async () => {
            await new Promise(setImmediate);
            events.push("told");
        };
        const errors = ["MissingSubscriptionRegistration", "ConflictError"];
        for (const error of errors) {
            await shouldRetry(failed(error), clock, { info: told, warn: told });
            events.push("answered");
        }
        expect(events).to.deep.equal(["told", "answered", "told", "answered"]);
    });

    it("gives up in the end, and then says what to do", async () => {
        const { clock, log, waits, logged } = notes();
        const errors = Array<string>(18).fill("Missing required permissions");
        expect(await shouldRetry(failed(...errors), clock, log)).to.equal(false);
        expect(waits).to.deep.equal([]);
        expect(logged).to.deep.equal([
            "warn w (azure-native:logic:Workflow): Sentinel may not run the playbook. Let the stack give it the right, " +
                "and deploy again:\npulumi config set grantSentinelAccess true",
        ]);
    });
});

describe("errorHooks", () => {
    const connect = () =>
        new ApiConnection("sentinel", {
            api: "azuresentinel",
            resourceGroupName: "g",
            subscriptionId: "s",
            location: "westeurope",
        });

    it("is left out under plain mocks, where resources are registered all the same", async () => {
        const { resource } = await run(() => {
            expect(errorHooks()).to.equal(undefined);
            connect();
        });
        expect(resource("sentinel-connection").hooks).to.deep.equal([]);
    });

    it("is there, once for all resources, with a mock monitor that can register hooks", async () => {
        const names: string[] = [];
        const { resource } = await run(
            () => {
                connect();
                expect(errorHooks()).to.equal(errorHooks());
            },
            { monitor: (monitor) => Object.assign(monitor, { registerErrorHook: recordHook(names) }) },
        );
        expect(names).to.deep.equal(["intezer-sentinel-refusal"]);
        expect(resource("sentinel-connection").hooks).to.deep.equal(["intezer-sentinel-refusal"]);
    });

    it("is there with a monitor of an engine, which nothing in the environment can change", async () => {
        await pulumi.runtime.setMocks({ newResource: fail, call: fail });
        const names: string[] = [];
        pulumi.runtime.setMockOptions({ registerErrorHook: recordHook(names) });
        const [hook] = errorHooks()?.onError ?? [];
        await registrationOf(hook);
        await pulumi.runtime.disconnect();
        expect(names).to.deep.equal(["intezer-sentinel-refusal"]);
    });

    it("is there with an engine that refuses hooks, so that the run fails instead of going on without", async () => {
        await pulumi.runtime.setMocks({ newResource: fail, call: fail });
        const refuse = (_: object, callback: (error: Error) => void) =>
            callback(new Error("hooks are not known"));
        pulumi.runtime.setMockOptions({ registerErrorHook: refuse });
        const [hook] = errorHooks()?.onError ?? [];
        const message = await registrationOf(hook).then(
            () => "registered",
            (error: Error) => error.message,
        );
        await pulumi.runtime.disconnect();
        expect(message).to.equal("hooks are not known");
    });

    it("waits on the clock that it was given", async () => {
        await pulumi.runtime.setMocks({ newResource: fail, call: fail });
        pulumi.runtime.setMockOptions({ registerErrorHook: recordHook([]) });
        const { clock, waits } = notes();
        const [hook] = errorHooks(clock)?.onError ?? [];
        await registrationOf(hook);
        expect(await hook?.callback(failed("PrincipalNotFound"))).to.equal(true);
        expect(await hook?.callback(failed("InvalidTemplate"))).to.equal(false);
        await pulumi.runtime.disconnect();
        expect(waits).to.deep.equal([5_000]);
    });

    it("answers within the program, wherever the engine calls from, so that what it logs arrives", async () => {
        const program = new AsyncLocalStorage<string>();
        await pulumi.runtime.setMocks({ newResource: fail, call: fail });
        pulumi.runtime.setMockOptions({ registerErrorHook: recordHook([]) });
        const seen: (string | undefined)[] = [];
        const clock = { sleep: () => Promise.resolve(void seen.push(program.getStore())) };
        const [hook] = program.run("the program", () => errorHooks(clock))?.onError ?? [];
        await registrationOf(hook);
        await hook?.callback(failed("PrincipalNotFound"));
        await pulumi.runtime.disconnect();
        expect(seen).to.deep.equal(["the program"]);
    });

    it("makes new hooks for a new run of a program", async () => {
        const names: string[] = [];
        const monitor = (mocks: object) => Object.assign(mocks, { registerErrorHook: recordHook(names) });
        const program = async () => {
            const binding = errorHooks();
            await registrationOf(binding?.onError?.[0]);
            return binding;
        };
        const first = await run(program, { monitor });
        const second = await run(program, { monitor });
        expect(first.result).to.not.equal(second.result);
        expect(names).to.deep.equal(["intezer-sentinel-refusal", "intezer-sentinel-refusal"]);
    });
});

function fail(): never {
    throw new Error("Nothing is registered or looked up here.");
}

/** Resources wait for this promise of their hooks. */
function registrationOf(hook: pulumi.ErrorHook | undefined): Promise<void> {
    return (hook as unknown as { readonly __registered: Promise<void> }).__registered;
}

function recordHook(names: string[]) {
    return (request: { getName(): string }, callback: (error: null) => void) => {
        names.push(request.getName());
        callback(null);
    };
}
