/** Waits out the refusals that pass by themselves, and tells what to do about the others. */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { AsyncResource } from "node:async_hooks";
import { setTimeout } from "node:timers/promises";
import { passesByItself, remedyFor } from "./refusals";

/** The one way in which this project waits. */
export interface Clock {
    /**
     * @param milliseconds - at least 0
     * @param urn - the resource that waits
     */
    sleep(milliseconds: number, urn: string): Promise<void>;
}

/** Where the hook tells people what it does. The hook waits for it: an engine that gives up listens no longer. */
export interface Log {
    info(message: string): Promise<void>;
    warn(message: string): Promise<void>;
}

const realClock: Clock = { sleep: (milliseconds) => setTimeout(milliseconds) };
const pulumiLog: Log = {
    // Passing news: what went well in the end needs no line in the summary.
    info: (message) => pulumi.log.info(message, undefined, undefined, true),
    warn: (message) => pulumi.log.warn(message),
};

/** One binding per run of a program: the names of hooks are unique in it. */
const bindings = new WeakMap<object, pulumi.ResourceHookBinding>();

/**
 * The error hook for every resource of this project, as the resource option `hooks`.
 *
 * Under plain `pulumi.runtime.setMocks` there is none: the SDK's mock monitor cannot register hooks, and a resource
 * bound to one would never be registered. Every other monitor gets it, also one that then refuses hooks.
 *
 * @param clock - how the hook waits; whoever asks first in a program decides. @default - in real time
 */
export function errorHooks(clock: Clock = realClock): pulumi.ResourceHookBinding | undefined {
    const monitor: object | undefined = pulumi.runtime.getMonitor();
    if (monitor === undefined || (monitor instanceof MockMonitor && !("registerErrorHook" in monitor))) {
        return undefined;
    }
    const known = bindings.get(monitor);
    if (known !== undefined) {
        return known;
    }
    // Bound to the program: the engine calls from outside of it, where the SDK does not know whom to log to.
    const answer = AsyncResource.bind((args: pulumi.ErrorHookArgs) => shouldRetry(args, clock, pulumiLog));
    const hook = new pulumi.ErrorHook("intezer-sentinel-refusal", answer);
    const binding: pulumi.ResourceHookBinding = { onError: [hook] };
    bindings.set(monitor, binding);
    return binding;
}

/**
 * Whether the engine should try the operation again, answered after the wait that has to lie in between. Logs the
 * wait, or what a person can do.
 */
export async function shouldRetry(args: pulumi.ErrorHookArgs, clock: Clock, log: Log): Promise<boolean> {
    const [error = ""] = args.errors;
    const where = `${args.name} (${args.type})`;
    const wait = passesByItself(error) ? waitBefore(args.errors.length) : undefined;
    if (wait !== undefined) {
        await log.info(`${where}: Azure is not ready yet. Trying again in ${wait / 1000} seconds. ${error}`);
        await clock.sleep(wait, args.urn);
        return true;
    }
    const remedy = remedyFor({
        urn: args.urn,
        type: args.type,
        operation: args.failedOperation,
        error,
        inputs: args.newInputs,
    });
    await log.warn(`${where}: ${remedy ?? ANY_REMEDY}`);
    return false;
}

/** What is true of every refusal. */
const ANY_REMEDY =
    "Azure refused this, for the reason in the error. When the reason is gone, run the same command again: it goes on from here.";

const firstWait = 5_000;
const longestWait = 60_000;
/** Roles were seen to take up to ten minutes. */
const longestWaitInAll = 15 * 60_000;

/**
 * The wait before the next attempt: doubled each time up to a limit.
 *
 * @param attempts - attempts that failed so far, at least 1
 * @returns milliseconds; undefined when all waits together would take too long
 */
export function waitBefore(attempts: number): number | undefined {
    const waits = Array.from({ length: attempts }, (_, index) =>
        Math.min(firstWait * 2 ** index, longestWait),
    );
    const inAll = waits.reduce((sum, wait) => sum + wait, 0);
    return inAll > longestWaitInAll ? undefined : waits.at(-1);
}
