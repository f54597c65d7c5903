import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a test a folder, and clears up behind it. */
export async function inTemporaryFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "intezer-sentinel-test-"));
    try {
        await test(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
