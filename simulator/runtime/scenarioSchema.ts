/** The form of a scenario, as JSON schema. */

const stringMap = { type: "object", additionalProperties: { type: "string" } };

const reply = {
    type: "object",
    additionalProperties: false,
    properties: {
        status: { type: "integer", minimum: 100, maximum: 599 },
        headers: stringMap,
        body: {},
        latency: { type: "string" },
        error: { type: "string", minLength: 1 },
        message: { type: "string" },
        timeout: { const: true },
    },
};

const match = {
    type: "object",
    additionalProperties: false,
    properties: {
        method: { type: "string", minLength: 1 },
        uri: { type: "string" },
        connection: { type: "string" },
        path: { type: "string" },
        queries: { type: "object" },
    },
};

export const scenarioSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        startTime: { type: "string" },
        workflow: {
            type: "object",
            additionalProperties: false,
            properties: {
                id: { type: "string", minLength: 1 },
                name: { type: "string", minLength: 1 },
                location: { type: "string" },
                tags: stringMap,
            },
        },
        parameters: { type: "object" },
        trigger: {
            type: "object",
            additionalProperties: false,
            properties: { name: { type: "string" }, headers: stringMap, body: {} },
        },
        calls: {
            type: "array",
            items: {
                type: "object",
                additionalProperties: false,
                required: ["match", "replies"],
                properties: { match, replies: { type: "array", minItems: 1, items: reply } },
            },
        },
        unmatched: { anyOf: [{ const: "error" }, reply] },
    },
};
