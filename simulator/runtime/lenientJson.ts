/**
 * JSON text as Azure reads it, which is as Newtonsoft.Json does: with comments, single quotes, names without quotes
 * and trailing commas; what follows the first value is ignored, and the end of the text closes what is open.
 */
import { readJson } from "./jsonText";
import { lenientNumber } from "./lenientNumber";
import type { Value } from "./values";

/** Text that even Newtonsoft.Json does not read; the message is the one it gives. */
export class JsonTextError extends Error {}

/**
 * Reads JSON text; whitespace alone is null.
 *
 * @throws JsonTextError
 */
export function readLenientJson(text: string): Value {
    try {
        return readJson(text);
    } catch {
        return new LenientReader(text).read();
    }
}

/** A container being read; `index` is that of the last complete element of an array. */
type Level = { readonly kind: "array"; index: number } | { readonly kind: "object"; name?: string };

const WORDS: readonly (readonly [word: string, value: Value, type: string])[] = [
    ["true", true, "boolean"],
    ["false", false, "boolean"],
    ["null", null, "null"],
    ["undefined", null, "undefined"],
    ["NaN", "NaN", "NaN"],
    ["Infinity", "Infinity", "Infinity"],
    ["-Infinity", "-Infinity", "-Infinity"],
];

const ESCAPES: { readonly [character: string]: string } = {
    b: "\b",
    t: "\t",
    n: "\n",
    f: "\f",
    r: "\r",
    "\\": "\\",
    '"': '"',
    "'": "'",
    "/": "/",
};

class LenientReader {
    private at = 0;
    private readonly levels: Level[] = [];

    constructor(private readonly text: string) {}

    read(): Value {
        this.skipSpace();
        if (this.at >= this.text.length) {
            return null;
        }
        if (this.peek() === "]") {
            this.at += 1;
            throw this.failure("JsonToken EndArray is not valid for closing JsonType None.");
        }
        return this.readValue();
    }

    private readValue(): Value {
        const character = this.peek();
        if (character === "{") {
            return this.readObject();
        }
        if (character === "[") {
            return this.readArray();
        }
        if (character === '"' || character === "'") {
            return this.readString(character);
        }
        for (const [word, value, type] of WORDS) {
            // The first letter decides what it is taken for; "-" may still begin a number.
            if (character === word[0] && (word[0] !== "-" || this.text[this.at + 1] === "I")) {
                return this.readWord(word, value, type);
            }
        }
        if (/[-.\d]/.test(character)) {
            return this.readNumber();
        }
        throw this.failure(`Unexpected character encountered while parsing value: ${character}.`);
    }

    private readObject(): Value {
        const entries = new Map<string, Value>();
        const level: Level = { kind: "object" };
        this.levels.push(level);
        this.at += 1;
        for (let first = true; ; first = false) {
            this.skipSpace();
            if (this.ends("}", first)) {
                break;
            }
            const name = this.readName();
            level.name = name;
            this.skipSpace();
            this.expectMore();
            entries.set(name, this.readValue());
        }
        this.levels.pop();
        return Object.fromEntries(entries);
    }

    private readArray(): Value {
        const items: Value[] = [];
        const level: Level = { kind: "array", index: -1 };
        this.levels.push(level);
        this.at += 1;
        for (let first = true; ; first = false) {
            this.skipSpace();
            if (this.ends("]", first)) {
                break;
            }
            this.expectMore();
            if (/[{[]/.test(this.peek())) {
                level.index = items.length;
            }
            // A comma where a value belongs stands for a missing one.
            items.push(this.peek() === "," ? null : this.readValue());
            level.index = items.length - 1;
        }
        this.levels.pop();
        return items;
    }

    /** Whether the container ends here. After a value the end of the text ends it too, else there must be a comma. */
    private ends(bracket: string, first: boolean): boolean {
        if (!first && this.at >= this.text.length) {
            return true;
        }
        if (!first && this.peek() !== bracket) {
            this.skipComma();
        }
        const ends = this.peek() === bracket;
        this.at += ends ? 1 : 0;
        return ends;
    }

    private skipComma(): void {
        if (this.peek() !== ",") {
            throw this.failure(
                `After parsing a value an unexpected character was encountered: ${this.peek()}.`,
            );
        }
        this.at += 1;
        this.skipSpace();
        this.expectMore();
    }

    private readName(): string {
        this.expectMore();
        const character = this.peek();
        let name: string;
        if (character === '"' || character === "'") {
            name = this.readString(character);
        } else {
            name = /^[\w$]+/.exec(this.text.slice(this.at))?.[0] ?? "";
            if (name === "") {
                throw this.failure(`Invalid property identifier character: ${character}.`);
            }
            this.at += name.length;
        }
        this.skipSpace();
        if (this.at < this.text.length && this.peek() !== ":") {
            throw this.failure(
                `Invalid character after parsing property name. Expected ':' but got: ${this.peek()}.`,
            );
        }
        this.at += 1;
        return name;
    }

    private readString(delimiter: string): string {
        let read = "";
        for (this.at += 1; this.peek() !== delimiter; this.at += 1) {
            if (this.at >= this.text.length) {
                throw this.failure(`Unterminated string. Expected delimiter: ${delimiter}.`);
            }
            read += this.peek() === "\\" ? this.readEscape() : this.peek();
        }
        this.at += 1;
        return read;
    }

    /** Stops at the escape's last character. */
    private readEscape(): string {
        this.at += 1;
        const character = this.peek();
        if (character === "u") {
            const digits = this.text.slice(this.at + 1, this.at + 5);
            if (!/^[\da-f]{4}$/i.test(digits)) {
                throw this.failure(`Invalid Unicode escape sequence: \\u${digits}.`);
            }
            this.at += 4;
            return String.fromCharCode(parseInt(digits, 16));
        }
        const escaped = ESCAPES[character];
        if (escaped === undefined) {
            this.at += 1;
            throw this.failure(`Bad JSON escape sequence: \\${character}.`);
        }
        return escaped;
    }

    private readWord(word: string, value: Value, type: string): Value {
        let length = 0;
        while (length < word.length && this.text[this.at + length] === word[length]) {
            length += 1;
        }
        this.at += length;
        const next = this.peek();
        if (length < word.length && next === "") {
            throw this.failure("Unexpected end when reading JSON.");
        }
        if (length < word.length || !/^[\s,\]}/]?$/.test(next)) {
            throw this.failure(`Error parsing ${type} value.`);
        }
        return value;
    }

    private readNumber(): Value {
        const literal = /^[-+.\dA-Fa-fxX]*/.exec(this.text.slice(this.at))?.[0] ?? "";
        this.at += literal.length;
        const value = lenientNumber(literal);
        if (value !== undefined) {
            return value;
        }
        this.closeElement();
        throw this.failure(`Input string '${literal}' is not a valid number.`);
    }

    /** A number that cannot be read already counts as the element that it is in. */
    private closeElement(): void {
        const level = this.levels.at(-1);
        if (level?.kind === "array") {
            level.index += 1;
        }
    }

    private skipSpace(): void {
        for (;;) {
            const skipped = /^(\s+|\/\/[^\r\n]*)/.exec(this.text.slice(this.at))?.[0].length ?? 0;
            if (skipped > 0) {
                this.at += skipped;
            } else if (this.text.startsWith("/*", this.at)) {
                const end = this.text.indexOf("*/", this.at + 2);
                this.at = end < 0 ? this.text.length : end + 2;
                if (end < 0) {
                    throw this.failure("Unexpected end while parsing comment.");
                }
            } else {
                return;
            }
        }
    }

    private expectMore(): void {
        if (this.at >= this.text.length) {
            // What had begun in the innermost container is no place yet.
            this.levels.pop();
            throw new JsonTextError(`Unexpected end when reading token. Path '${this.path()}'.`);
        }
    }

    private peek(): string {
        return this.text[this.at] ?? "";
    }

    private path(): string {
        const steps = this.levels.map((level) =>
            level.kind === "array" ? (level.index < 0 ? "" : `[${level.index}]`) : `.${level.name ?? ""}`,
        );
        return steps.join("").replace(/\.$/, "").replace(/^\./, "");
    }

    private failure(problem: string): JsonTextError {
        const before = this.text.slice(0, this.at).split("\n");
        const line = this.at === 0 ? 0 : before.length;
        const position = before.at(-1)?.length ?? 0;
        return new JsonTextError(`${problem} Path '${this.path()}', line ${line}, position ${position}.`);
    }
}
