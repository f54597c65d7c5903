/** The folder that keeps a simulated subscription between two commands. */
import { randomUUID } from "node:crypto";
import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../../language/json";
import { AzureResourceManager } from "../../simulator/resources/machine";

const AZURE = "azure.json";
const KEYS = "keys.json";
const LOCK = "lock";

/** Whatever else is in it belongs to somebody else. */
const OURS = [AZURE, KEYS, LOCK, "project", "home", "state"];

/** In place of a process in the lock. */
const NOBODY = "0";

/** Only the owner reads it: the values of the vaults' secrets are in there. */
const PRIVATE = 0o600;

/** The folder is not what it has to be. */
export class FolderError extends Error {}

/** A folder that this process alone uses. */
export class SimulatedFolder {
    private constructor(
        /** Absolute. */
        readonly path: string,
        private abandoned: boolean,
    ) {}

    /** Whether a process that used it before did not come to its end, and nobody has cleared up behind it. */
    get wasAbandoned(): boolean {
        return this.abandoned;
    }

    /** Notes that somebody has cleared up. */
    clearedUp(): void {
        this.abandoned = false;
    }

    /**
     * Takes the folder; it is made where it does not exist. {@link SimulatedFolder.release} must follow.
     *
     * @throws FolderError where another process uses it, or where it holds something else
     */
    static take(path: string): SimulatedFolder {
        const whole = resolve(path);
        assertOurs(whole);
        mkdirSync(whole, { recursive: true, mode: 0o700 });
        return new SimulatedFolder(whole, takeLock(join(whole, LOCK)));
    }

    /** The simulated Azure; undefined where there is none yet. */
    readAzure(): AzureResourceManager | undefined {
        const file = join(this.path, AZURE);
        if (!existsSync(file)) {
            return undefined;
        }
        try {
            return AzureResourceManager.restore(JSON.parse(readFileSync(file, "utf8")) as Json);
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw new FolderError(`${file} cannot be used. ${reason}\n${resetRemedy(this.path)}`);
        }
    }

    /** Saves the simulated Azure: whole or, where the process dies meanwhile, as it was before. */
    saveAzure(azure: AzureResourceManager): void {
        write(join(this.path, AZURE), azure.snapshot());
    }

    /** A made-up key of Intezer: the same for all commands. */
    madeUpKey(): string {
        const { madeUp } = this.readKeys();
        if (typeof madeUp === "string") {
            return madeUp;
        }
        const key = randomUUID();
        write(join(this.path, KEYS), { ...this.readKeys(), madeUp: key });
        return key;
    }

    /**
     * Notes which key the settings of a stack have now.
     *
     * @returns whether they had another one before
     */
    noteKey(stack: string, key: string): boolean {
        const keys = this.readKeys();
        const used = isJsonObject(keys["used"]) ? keys["used"] : {};
        const before = used[stack];
        write(join(this.path, KEYS), { ...keys, used: { ...used, [stack]: key } });
        return before !== undefined && before !== key;
    }

    /** Deletes the folder with everything in it. */
    remove(): void {
        rmSync(this.path, { recursive: true, force: true });
    }

    /** Lets the next process use it, which still has to clear up where this one did not. */
    release(): void {
        const lock = join(this.path, LOCK);
        if (this.abandoned) {
            writeFileSync(lock, NOBODY);
        } else {
            rmSync(lock, { force: true });
        }
    }

    private readKeys(): JsonObject {
        const file = join(this.path, KEYS);
        const keys: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
        return isJsonObject(keys) ? keys : {};
    }
}

function write(file: string, document: Json): void {
    const unfinished = `${file}.new`;
    writeFileSync(unfinished, JSON.stringify(document), { mode: PRIVATE });
    renameSync(unfinished, file);
}

function assertOurs(path: string): void {
    if (!existsSync(path)) {
        return;
    }
    if (!statSync(path).isDirectory()) {
        throw new FolderError(`${path} is a file. Give a folder: --folder <path>`);
    }
    const others = readdirSync(path).filter((name) => !OURS.includes(name.replace(/\.new$/, "")));
    if (others.length > 0) {
        throw new FolderError(
            `${path} holds something else than a simulated subscription (${others.slice(0, 3).join(", ")}). ` +
                "Give an empty folder, or one that does not exist: --folder <path>",
        );
    }
}

/** @returns whether a process had taken it that is no more */
function takeLock(file: string): boolean {
    if (tryLock(file)) {
        return false;
    }
    const owner = Number(readFileSync(file, "utf8"));
    if (isRunning(owner)) {
        throw new FolderError(
            `Another command is using this simulated subscription (process ${owner}). Wait until it is done, or use ` +
                `another one: --folder <path>\nIf there is no such command, delete ${file}`,
        );
    }
    rmSync(file, { force: true });
    if (!tryLock(file)) {
        throw new FolderError(
            "Another command has just begun to use this simulated subscription. Try again.",
        );
    }
    return true;
}

function tryLock(file: string): boolean {
    try {
        writeFileSync(file, String(process.pid), { flag: "wx", mode: PRIVATE });
        return true;
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EEXIST") {
            return false;
        }
        throw error;
    }
}

function isRunning(pid: number): boolean {
    if (!Number.isSafeInteger(pid) || pid <= 0) {
        return false;
    }
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // It exists, but belongs to somebody else.
        return error instanceof Error && "code" in error && error.code === "EPERM";
    }
}

function resetRemedy(path: string): string {
    return `npm run simulated -- reset --folder ${path}`;
}
