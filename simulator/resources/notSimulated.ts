/**
 * Something that Azure or its Pulumi provider may well know and this simulation does not. It is neither an
 * error of Azure's nor a bug: the simulated Azure never guesses.
 */
export class NotSimulated extends Error {
    /** @param what - names the thing, e.g. `the resource type "Microsoft.Web/sites"` */
    constructor(what: string) {
        super(`The simulated Azure does not know ${what}.`);
        this.name = "NotSimulated";
    }
}
