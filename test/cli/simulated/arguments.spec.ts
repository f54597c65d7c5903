import { expect } from "chai";
import { readArguments, UsageError } from "../../../cli/simulated/arguments";

describe("The command line of npm run simulated", () => {
    it("takes a command, with the defaults of all options", () => {
        expect(readArguments(["up"])).to.deep.equal({
            command: "up",
            rest: [],
            folder: "simulated",
            stack: "dev",
            config: [],
            vaultAuthorization: "accessPolicies",
            vendorInstallation: false,
            diff: false,
        });
    });

    it("takes every option, before the command or behind it", () => {
        const args = [
            "--folder",
            "/tmp/x",
            "import",
            "a.json",
            "--stack",
            "prod",
            "--config",
            "a=1",
            "--diff",
        ];
        const more = ["--config=b=2", "--vault-authorization", "rbac", "--vendor-installation"];
        expect(readArguments([...args, ...more])).to.deep.equal({
            command: "import",
            rest: ["a.json"],
            folder: "/tmp/x",
            stack: "prod",
            config: ["a=1", "b=2"],
            vaultAuthorization: "rbac",
            vendorInstallation: true,
            diff: true,
        });
    });

    it("hands everything behind two hyphens to the Pulumi CLI", () => {
        expect(
            readArguments(["pulumi", "--stack", "prod", "--", "state", "unprotect", "--all"]),
        ).to.deep.include({ command: "pulumi", stack: "prod", rest: ["state", "unprotect", "--all"] });
    });

    it("explains itself with --help, whatever else is there", () => {
        expect(readArguments(["--help"])).to.equal(undefined);
        expect(readArguments(["nonsense", "-h"])).to.equal(undefined);
    });

    const refused: readonly (readonly [string, readonly string[], string])[] = [
        [
            "no command",
            [],
            "No command was given. One of: preview, up, refresh, destroy, import, outputs, show, delete, pulumi, reset.",
        ],
        [
            "an unknown command",
            ["deploy"],
            "There is no command 'deploy'. One of: preview, up, refresh, destroy, import, outputs, show, delete, pulumi, reset.",
        ],
        [
            "a command that only every object has",
            ["toString"],
            "There is no command 'toString'. One of: preview, up, refresh, destroy, import, outputs, show, delete, pulumi, reset.",
        ],
        [
            "an unknown option",
            ["up", "--yes"],
            "Unknown option '--yes'. Options are: --folder, --stack, --config, --diff, --vault-authorization, --vendor-installation, --help.",
        ],
        [
            "something behind a command that stands alone",
            ["up", "dev"],
            "Nothing may stand behind 'up', but there is 'dev'.",
        ],
        ["no file to import", ["import"], "Behind 'import' must stand <file>, but there is nothing."],
        [
            "two ids to delete",
            ["delete", "/a", "/b"],
            "Behind 'delete' must stand <ARM id>, but there is '/a /b'.",
        ],
        [
            "no command for the CLI",
            ["pulumi"],
            "Behind 'pulumi' must stand -- <arguments>, but there is nothing.",
        ],
        [
            "a stack that leads out of the project",
            ["up", "--stack", "../other"],
            "The stack is '../other'; its name may have letters, digits, hyphens, underscores and dots, 1 to 100.",
        ],
        [
            "an unknown model of authorization",
            ["up", "--vault-authorization", "RBAC"],
            "--vault-authorization is 'RBAC'. One of: accessPolicies, rbac.",
        ],
    ];
    for (const [what, args, message] of refused) {
        it(`refuses ${what}`, () => {
            expect(() => readArguments(args)).to.throw(UsageError, message);
        });
    }
});
