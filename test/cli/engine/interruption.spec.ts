import { expect } from "chai";
import { EventEmitter } from "node:events";
import { waitForEngine } from "../../../cli/engine/interruption";

describe("Ctrl-C while the engine works", () => {
    it("lets the engine stop by itself, and ends the process the second time", () => {
        const events: string[] = [];
        const emitter = new EventEmitter();
        const process = {
            once: (signal: string, listener: () => void) => emitter.once(signal, listener),
            exit: (code?: number | string | null) => events.push(`exit ${code}`),
        };
        waitForEngine(process as unknown as NodeJS.Process, (line) => events.push(line));
        expect(events).to.deep.equal([]);
        emitter.emit("SIGINT");
        const said = "The engine stops as soon as it can. Once more: stop at once.";
        expect(events).to.deep.equal([said]);
        emitter.emit("SIGINT");
        expect(events).to.deep.equal([said, "exit 130"]);
    });
});
