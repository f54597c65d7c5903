/**
 * Lets the engine come to its end when somebody presses Ctrl-C: it gets the same signal, stops where it can and tells
 * how. Whoever asks twice does not want to wait for that.
 *
 * @param process - that gets the signal
 */
export function waitForEngine(
    process: Pick<NodeJS.Process, "once" | "exit">,
    writeError: (line: string) => void,
): void {
    process.once("SIGINT", () => {
        writeError("The engine stops as soon as it can. Once more: stop at once.");
        process.once("SIGINT", () => {
            process.exit(130);
        });
    });
}
