import { writeJson } from "../jsonText";
import { isArray, isEqual, isInteger, isObject, toText, type Value, type ValueObject } from "../values";
import { TYPES, typeOf } from "./scalars";
import type { Report } from "./validator";

export function checkType(value: Value, schema: ValueObject, report: Report): void {
    const { type } = schema;
    const allowed = isArray(type ?? null) ? (type as readonly Value[]) : type === undefined ? [] : [type];
    const actual = typeOf(value);
    const matches = allowed.some((each) => each === actual || (each === "number" && isInteger(value)));
    if (allowed.length > 0 && !matches) {
        const expected = Object.entries(TYPES).filter(([name]) => allowed.includes(name));
        const list = expected.map(([, name]) => name).join(", ");
        report("type", `Invalid type. Expected ${list} but got ${TYPES[actual] ?? actual}.`, shown(value));
    }
}

export function checkEnum(value: Value, schema: ValueObject, report: Report): void {
    const list = schema["enum"] ?? null;
    if (isArray(list) && !list.some((each) => isEqual(each, value))) {
        report("enum", `Value ${writeJson(value)} is not defined in enum.`, value);
    }
    if (schema["const"] !== undefined && !isEqual(schema["const"], value)) {
        report("const", `Value ${writeJson(value)} does not match const.`, value);
    }
}

export function checkUnique(items: readonly Value[], schema: ValueObject, report: Report): void {
    if (schema["uniqueItems"] !== true) {
        return;
    }
    items.forEach((item, index) => {
        if (items.slice(0, index).some((earlier) => isEqual(earlier, item))) {
            report("uniqueItems", `Non-unique array item at index ${index}.`, item);
        }
    });
}

export function checkRequired(object: ValueObject, schema: ValueObject, report: Report): void {
    const required = schema["required"] ?? null;
    const missing = (isArray(required) ? required : []).filter(
        (name) => typeof name === "string" && !Object.hasOwn(object, name),
    );
    if (missing.length > 0) {
        report(
            "required",
            `Required properties are missing from object: ${missing.map(toText).join(", ")}.`,
            missing,
        );
    }
}

/** Null, arrays and objects are not shown. */
export function shown(value: Value): Value | undefined {
    return value === null || isArray(value) || isObject(value) ? undefined : value;
}
