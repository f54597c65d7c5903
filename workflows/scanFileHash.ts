import type { Actions } from "../language";
import { after } from "./parts/definition";
import { allOf, anyOf, asText, hasStatus, objectBody, objectOrEmpty, typed } from "./parts/expressions";
import { relatedEntities, incidentTriggerName } from "./parts/incident";
import { intezerCall } from "./parts/intezer";
import { currentItem, pendingItem, scanWorkflow } from "./parts/scan";
import type { ScanKind, Steps } from "./parts/scanKind";
import type { Playbook, PlaybookSettings } from "./playbook";

/** Asks Intezer about the files of a new incident by their hashes, and comments the verdicts. */
export const scanFileHash: Playbook = {
    key: "scanFileHash",
    workflowName: "Submit-IntezerScanFileHash-IncidentTriggered",
    triggerName: incidentTriggerName,
    trigger: "incident",
    define: (settings) => scanWorkflow(fileScan(settings), settings),
};

const knownResult = objectOrEmpty(`${objectBody("Look_up_file")}?['result']`);

function fileScan(settings: PlaybookSettings): ScanKind {
    return {
        title: "Intezer file scan",
        column: "File",
        find: {
            name: "Find_hashes",
            action: {
                type: "Query",
                inputs: { from: typed(relatedEntities), where: typed(isScannableHash) },
            },
        },
        prepare: chooseHashes,
        items: "union(body('Hashes'),body('Hashes'))",
        lookUp: {
            actions: {
                Look_up_file: intezerCall(settings, "GET", `/files/@{encodeURIComponent(${currentItem})}`),
            },
            last: "Look_up_file",
        },
        lookUpCalls: ["Look_up_file"],
        isKnown: allOf(hasStatus("Look_up_file", 200), `not(empty(${asText(`${knownResult}?['verdict']`)}))`),
        knownBody: objectBody("Look_up_file"),
        submit: {
            name: "Submit_hash",
            action: intezerCall(settings, "POST", "/analyze-by-hash", {
                hash: typed(currentItem),
                requester: "microsoft_sentinel",
            }),
        },
        analyses: "/analyses/",
        refusals: [
            [hasStatus("Submit_hash", 404), "unknown"],
            [hasStatus("Submit_hash", 400), "notAccepted"],
        ],
        verdictOf: (result) => `${result}?['verdict']`,
        familyOf: (result) => `${result}?['family_name']`,
        nameOf: (result) => `${result}?['file_name']`,
    };
}

const kind = `toLower(${asText("item()?['kind']")})`;
const algorithm = `toLower(${asText("item()?['properties']?['algorithm']")})`;
const hash = `toLower(trim(${asText("item()?['properties']?['hashValue']")}))`;
const id = `toLower(${asText("item()?['id']")})`;

/** Intezer takes MD5, SHA1 and SHA256; Sentinel also knows the hash of a signature, SHA256AC. */
const isScannableHash = allOf(
    `equals(${kind},'filehash')`,
    `contains(createArray('md5','sha1','sha256'),${algorithm})`,
    `not(empty(${hash}))`,
);

/** Ids of the hashes that a File entity links to. */
const idsOfFile = "json(toLower(string(coalesce(item()?['properties']?['fileHashEntityIds'],json('[]')))))";

/**
 * A file comes with up to three hashes, each an entity of its own that the File entity links to. Only the
 * strongest of them is asked about; hashes that no file links to stand for themselves.
 */
function chooseHashes(start: string): Steps {
    return {
        actions: {
            SHA256_ids: idsOf("sha256", start),
            SHA1_ids: idsOf("sha1", "SHA256_ids"),
            Files_with_SHA256: filesWith("SHA256_ids", "SHA1_ids"),
            Files_with_SHA1: filesWith("SHA1_ids", "Files_with_SHA256"),
            Strongest_hashes: {
                type: "Query",
                ...after("Files_with_SHA1"),
                inputs: { from: "@body('Find_hashes')", where: typed(isStrongest) },
            },
            Hashes: {
                type: "Select",
                ...after("Strongest_hashes"),
                inputs: { from: "@body('Strongest_hashes')", select: pendingItem(typed(hash)) },
            },
        },
        last: "Hashes",
    };
}

const isStrongest = anyOf(
    `equals(${algorithm},'sha256')`,
    allOf(`equals(${algorithm},'sha1')`, `not(${isLinkedFrom("Files_with_SHA256")})`),
    allOf(
        `equals(${algorithm},'md5')`,
        `not(${isLinkedFrom("Files_with_SHA256")})`,
        `not(${isLinkedFrom("Files_with_SHA1")})`,
    ),
);

function isLinkedFrom(files: string): string {
    return allOf(`not(empty(${id}))`, `contains(toLower(string(body('${files}'))),concat('"',${id},'"'))`);
}

/** One entry per hash: its id where the algorithm is this one, else a text that is no id. */
function idsOf(wanted: string, start: string): Actions[string] {
    return {
        type: "Select",
        ...after(start),
        inputs: {
            from: "@body('Find_hashes')",
            select: typed(`if(equals(${algorithm},'${wanted}'),${id},'-')`),
        },
    };
}

function filesWith(ids: string, start: string): Actions[string] {
    return {
        type: "Query",
        ...after(start),
        inputs: {
            from: typed(relatedEntities),
            where: typed(
                allOf(`equals(${kind},'file')`, `not(empty(intersection(${idsOfFile},body('${ids}'))))`),
            ),
        },
    };
}
