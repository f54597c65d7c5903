/** The form under which Azure compares names of actions, triggers, functions, parameters and variables. */
export function nameKey(name: string): string {
    return name.toLowerCase();
}

/** Whether two names are the same to Azure, which ignores letter case. */
export function isSameName(one: string, other: string): boolean {
    return nameKey(one) === nameKey(other);
}
