/** What actions do, by their type. */
import { nameKey } from "../../../language/names";
import type { ActionNode } from "../../../language/outline";
import { NotSupportedError } from "../errors";
import type { Handler } from "../handler";
import { compileIf, compileScope, compileSwitch } from "./branches";
import { compileApiConnection, compileHttp } from "./calls";
import { compileResponse, compileTerminate, compileWait } from "./control";
import { compileCompose, compileJoin, compileQuery, compileSelect } from "./data";
import { compileForeach, compileUntil } from "./loops";
import { compileParseJson } from "./parseJson";
import { compileTable } from "./table";
import { compileChangeVariable, compileInitializeVariable } from "./variables";

/** Makes an action of one type ready to run. */
export type Compile = (node: ActionNode) => Handler;

const COMPILERS: { readonly [type: string]: Compile } = {
    Http: compileHttp,
    ApiConnection: compileApiConnection,
    Compose: compileCompose,
    ParseJson: compileParseJson,
    InitializeVariable: compileInitializeVariable,
    SetVariable: compileChangeVariable,
    AppendToArrayVariable: compileChangeVariable,
    AppendToStringVariable: compileChangeVariable,
    IncrementVariable: compileChangeVariable,
    DecrementVariable: compileChangeVariable,
    If: compileIf,
    Switch: compileSwitch,
    Scope: compileScope,
    Foreach: compileForeach,
    Until: compileUntil,
    Terminate: compileTerminate,
    Wait: compileWait,
    Query: compileQuery,
    Select: compileSelect,
    Join: compileJoin,
    Table: compileTable,
    Response: compileResponse,
};

const byKey = new Map(Object.entries(COMPILERS).map(([type, compile]) => [nameKey(type), compile]));

/** @throws NotSupportedError if the simulator does not have actions of this type */
export function compileHandler(node: ActionNode): Handler {
    const compile = byKey.get(nameKey(node.type));
    if (compile === undefined) {
        throw new NotSupportedError(
            `The action type '${node.type}' is not supported by the simulator.`,
            node.name,
        );
    }
    return compile(node);
}
