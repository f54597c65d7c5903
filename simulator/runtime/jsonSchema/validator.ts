/**
 * JSON schema (draft 4) as ParseJson checks it. Not ajv, because Azure's (Newtonsoft's) list of errors is what the
 * action outputs, and because values here tell integers from floats: `1.0` is no integer to Azure.
 */
import { NotSupportedError } from "../errors";
import { isArray, isObject, toText, type Value, type ValueObject } from "../values";
import { checkEnum, checkRequired, checkType, checkUnique, shown } from "./checks";
import { KEYWORDS } from "./keywords";
import { checkNumber, checkSize, checkString } from "./scalars";

/** Where in the value and in the schema a check is. */
export interface Place {
    /** Dotted, e.g. `a.b[0]`; empty for the whole value. */
    readonly path: string;
    /** Pointer into the schema, e.g. `#/properties/a`. */
    readonly schemaId: string;
}

/** Adds an error for a keyword; `value` is what is wrong, where Azure shows it. */
export type Report = (keyword: string, message: string, value?: Value, children?: readonly Value[]) => void;

/**
 * What of a value the schema does not allow, each with `message`, `path`, `value`, `schemaId`, `errorType`.
 *
 * @throws NotSupportedError for a keyword that is not checked here
 */
export function validate(value: Value, schema: Value): readonly Value[] {
    return new Validator(schema).errorsOf(value, schema, { path: "", schemaId: "#" });
}

class Validator {
    constructor(private readonly root: Value) {}

    errorsOf(value: Value, schema: Value, place: Place): readonly Value[] {
        if (schema === true || !isObject(schema)) {
            return [];
        }
        const [unknown] = Object.keys(schema).filter((name) => !KEYWORDS.has(name));
        if (unknown !== undefined) {
            throw new NotSupportedError(
                `The schema keyword '${unknown}' of a ParseJson action is not supported by the simulator.`,
            );
        }
        if (typeof schema["$ref"] === "string") {
            return this.errorsOf(value, this.resolve(schema["$ref"]), { ...place, schemaId: schema["$ref"] });
        }
        const errors: Value[] = [];
        const report: Report = (errorType, message, wrong, childErrors = []) => {
            errors.push({
                message,
                lineNumber: 0,
                linePosition: 0,
                path: place.path,
                ...(wrong === undefined ? {} : { value: wrong }),
                schemaId: place.schemaId,
                errorType,
                childErrors,
            });
        };
        checkType(value, schema, report);
        if (isArray(value)) {
            errors.push(...this.checkItems(value, schema, place));
            checkSize("Array item", "Items", value.length, schema, report);
            checkUnique(value, schema, report);
        } else if (isObject(value)) {
            errors.push(...this.checkProperties(value, schema, place));
        } else {
            checkNumber(value, schema, report);
            checkString(value, schema, report);
        }
        checkEnum(value, schema, report);
        this.checkCombinations(value, schema, place, report);
        if (isObject(value)) {
            checkRequired(value, schema, report);
            checkSize("Object property", "Properties", Object.keys(value).length, schema, report);
            this.checkDependencies(value, schema, place, report);
        }
        return errors;
    }

    private checkItems(items: readonly Value[], schema: ValueObject, place: Place): readonly Value[] {
        const { items: of, additionalItems } = schema;
        return items.flatMap((item, index) => {
            const path = `${place.path}[${index}]`;
            if (of === undefined) {
                return [];
            }
            if (!isArray(of)) {
                return this.errorsOf(item, of, { path, schemaId: `${place.schemaId}/items` });
            }
            const tuple = of[index];
            if (tuple !== undefined) {
                return this.errorsOf(item, tuple, { path, schemaId: `${place.schemaId}/items/${index}` });
            }
            if (additionalItems !== false) {
                const schemaId = `${place.schemaId}/additionalItems`;
                return this.errorsOf(item, additionalItems ?? true, { path, schemaId });
            }
            const message = `Index ${index + 1} has not been defined and the schema does not allow additional items.`;
            return [errorAt({ ...place, path }, "additionalItems", message, shown(item))];
        });
    }

    private checkProperties(object: ValueObject, schema: ValueObject, place: Place): readonly Value[] {
        const properties = isObject(schema["properties"] ?? null)
            ? (schema["properties"] as ValueObject)
            : {};
        const additional = schema["additionalProperties"] ?? true;
        return Object.entries(object).flatMap(([name, value]) => {
            const path = pathTo(place.path, name);
            if (Object.hasOwn(properties, name)) {
                const schemaId = `${place.schemaId}/properties/${name}`;
                return this.errorsOf(value, properties[name] ?? true, { path, schemaId });
            }
            if (additional !== false) {
                const schemaId = `${place.schemaId}/additionalProperties`;
                return this.errorsOf(value, additional, { path, schemaId });
            }
            const message = `Property '${name}' has not been defined and the schema does not allow additional properties.`;
            return [errorAt({ ...place, path }, "additionalProperties", message, name)];
        });
    }

    private checkCombinations(value: Value, schema: ValueObject, place: Place, report: Report): void {
        const tryAll = (keyword: string): readonly (readonly Value[])[] | undefined => {
            const list = schema[keyword] ?? null;
            return isArray(list)
                ? list.map((each, index) =>
                      this.errorsOf(value, each, {
                          ...place,
                          schemaId: `${place.schemaId}/${keyword}/${index}`,
                      }),
                  )
                : undefined;
        };
        const indexes = (list: readonly (readonly Value[])[], valid: boolean): string =>
            list.flatMap((errors, index) => ((errors.length === 0) === valid ? [index] : [])).join(", ");
        const all = tryAll("allOf");
        if (all?.some((errors) => errors.length > 0) === true) {
            const message = `JSON does not match all schemas from 'allOf'. Invalid schema indexes: ${indexes(all, false)}.`;
            report("allOf", message, undefined, all.toReversed().flat());
        }
        const any = tryAll("anyOf");
        if (any?.every((errors) => errors.length > 0) === true) {
            report(
                "anyOf",
                "JSON does not match any schemas from 'anyOf'.",
                undefined,
                any.toReversed().flat(),
            );
        }
        const one = tryAll("oneOf");
        const matches = one?.filter((errors) => errors.length === 0).length ?? 1;
        if (one !== undefined && matches === 0) {
            const message = "JSON is valid against no schemas from 'oneOf'.";
            report("oneOf", message, undefined, one.toReversed().flat());
        } else if (one !== undefined && matches > 1) {
            const message = `JSON is valid against more than one schema from 'oneOf'. Valid schema indexes: ${indexes(one, true)}.`;
            report("oneOf", message);
        }
        const not = schema["not"];
        if (not !== undefined && this.errorsOf(value, not, place).length === 0) {
            report("not", "JSON is valid against schema from 'not'.");
        }
    }

    private checkDependencies(object: ValueObject, schema: ValueObject, place: Place, report: Report): void {
        const dependencies = schema["dependencies"] ?? null;
        for (const [name, needed] of Object.entries(isObject(dependencies) ? dependencies : {})) {
            if (!Object.hasOwn(object, name)) {
                continue;
            }
            if (isArray(needed)) {
                const missing = needed.filter(
                    (key) => typeof key === "string" && !Object.hasOwn(object, key),
                );
                if (missing.length > 0) {
                    const list = missing.map(toText).join(", ");
                    report(
                        "dependencies",
                        `Dependencies for property '${name}' failed. Missing required keys: ${list}.`,
                        name,
                    );
                }
                continue;
            }
            const schemaId = `${place.schemaId}/dependencies/${name}`;
            const errors = this.errorsOf(object, needed, { ...place, schemaId });
            if (errors.length > 0) {
                report("dependencies", `Dependencies for property '${name}' failed.`, undefined, errors);
            }
        }
    }

    private resolve(reference: string): Value {
        const steps = reference.startsWith("#") ? reference.slice(1).split("/").slice(1) : undefined;
        const target = steps?.reduce<Value | undefined>((at, step) => {
            const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
            return isObject(at ?? null) ? (at as ValueObject)[key] : undefined;
        }, this.root);
        if (target === undefined) {
            throw new NotSupportedError(
                `The schema reference '${reference}' of a ParseJson action is not supported by the simulator; ` +
                    "references within the schema are.",
            );
        }
        return target;
    }
}

function errorAt(place: Place, errorType: string, message: string, value: Value | undefined): Value {
    return {
        message,
        lineNumber: 0,
        linePosition: 0,
        path: place.path,
        ...(value === undefined ? {} : { value }),
        schemaId: place.schemaId,
        errorType,
        childErrors: [],
    };
}

function pathTo(parent: string, name: string): string {
    if (!/^[\p{L}\p{N}_$-]+$/u.test(name)) {
        return `${parent}['${name.replace(/['\\]/g, "\\$&")}']`;
    }
    return parent === "" ? name : `${parent}.${name}`;
}
