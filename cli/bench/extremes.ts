/** What is as large as Azure allows. */
import { MAX_EXPRESSION_LENGTH, type JsonObject } from "../../language";
import { simulate } from "../../simulator/runtime/simulate";
import { count, duration, timeOf, type Measurement, type Progress } from "./measurement";

/** Most items of a Foreach (Microsoft Learn, "Limits and configuration reference", 2024-05-20). */
const MOST_ITEMS = 100_000;

/**
 * A loop over many items, and an expression of the greatest length.
 *
 * @param items - of the loop. @default as many as Azure allows
 */
export function measureExtremes(progress: Progress, items = MOST_ITEMS): Measurement[] {
    progress(`a Foreach over ${count(items)} items`);
    const loop = timeOf(() => {
        runToSuccess({ Each: foreach(items) });
    });
    progress(`an expression of ${count(MAX_EXPRESSION_LENGTH)} characters`);
    const expression = timeOf(() => {
        runToSuccess({ Long: { type: "Compose", inputs: `@${longExpression()}` } });
    });
    return [
        { what: `Foreach over ${count(items)} items`, value: duration(loop) },
        { what: `expression of ${count(MAX_EXPRESSION_LENGTH)} characters`, value: duration(expression) },
    ];
}

function foreach(items: number): JsonObject {
    return {
        type: "Foreach",
        foreach: `@range(0, ${items})`,
        actions: { Item: { type: "Compose", inputs: "@items('Each')" } },
    };
}

/** As many calls as fit, and blanks. */
export function longExpression(): string {
    const calls = Math.floor((MAX_EXPRESSION_LENGTH - "concat()".length) / "utcNow(),".length);
    const expression = `concat(${Array.from({ length: calls }, () => "utcNow()").join(",")})`;
    return expression.padEnd(MAX_EXPRESSION_LENGTH);
}

function runToSuccess(actions: JsonObject): void {
    const { status, error } = simulate({
        contentVersion: "1.0.0.0",
        triggers: { manual: { type: "Request", kind: "Http", inputs: {} } },
        actions,
    });
    if (status !== "Succeeded") {
        throw new Error(`The run ended ${status}: ${JSON.stringify(error)}`);
    }
}
