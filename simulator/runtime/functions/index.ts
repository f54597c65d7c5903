/** The functions of the workflow expression language that the simulator has. */
import { nameKey } from "../../../language/names";
import { NotSupportedError } from "../errors";
import { collectionFunctions } from "./collections";
import { conversionFunctions } from "./conversions";
import { dateFunctions } from "./dates";
import { encodingFunctions } from "./encoding";
import type { Implementation } from "./implementation";
import { logicFunctions } from "./logic";
import { messageFunctions } from "./messages";
import { numberFunctions } from "./numbers";
import { referenceFunctions } from "./references";
import { stringFunctions } from "./strings";
import { xmlFunctions } from "./xml";

const implementations: ReadonlyMap<string, Implementation> = new Map(
    [
        stringFunctions,
        collectionFunctions,
        logicFunctions,
        numberFunctions,
        conversionFunctions,
        encodingFunctions,
        xmlFunctions,
        dateFunctions,
        referenceFunctions,
        messageFunctions,
    ].flatMap((group) =>
        Object.entries(group).map(([name, implementation]) => [nameKey(name), implementation]),
    ),
);

/** Whether the simulator has a function, whose name is compared without regard to letter case. */
export function isImplemented(name: string): boolean {
    return implementations.has(nameKey(name));
}

/**
 * The function of this name.
 *
 * @throws NotSupportedError if the simulator does not have it
 */
export function implementationOf(name: string): Implementation {
    const implementation = implementations.get(nameKey(name));
    if (implementation === undefined) {
        throw new NotSupportedError(`The function '${name}' is not supported by the simulator.`);
    }
    return implementation;
}
