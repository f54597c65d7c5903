/**
 * Decimal numbers as .NET has them: 96 bits of digits and up to 28 places after the point, which are kept as written.
 * Microsoft's page on `decimal()` says that its precision is that of .NET.
 */

/** A number of {@link units} / 10^{@link scale}. */
export class Decimal {
    constructor(
        readonly units: bigint,
        readonly scale: number,
    ) {}
}

const MAX_UNITS = 2n ** 96n - 1n;
const MAX_SCALE = 28;

/** A sign on one side, thousands separators and a fraction, but no exponent. */
const TEXT = /^(?<lead>[+-]?)(?<whole>\d[\d,]*)?(?:\.(?<fraction>\d*))?(?<trail>[+-]?)$/;

/** Reads a decimal of the invariant culture; undefined if the text is none, `"rounded"` if .NET would have to round it. */
export function parseDecimal(text: string): Decimal | "rounded" | undefined {
    const groups = TEXT.exec(text.trim())?.groups;
    const { lead = "", whole = "", fraction = "", trail = "" } = groups ?? {};
    if (whole + fraction === "" || (lead !== "" && trail !== "")) {
        return undefined;
    }
    const units = BigInt(whole.replaceAll(",", "") + fraction);
    const signed = lead + trail === "-" ? -units : units;
    return fits(signed, fraction.length) ? new Decimal(signed, fraction.length) : "rounded";
}

/** A double as a decimal; undefined where it has more digits than the 15 that .NET carries over. */
export function decimalOf(value: number): Decimal | undefined {
    const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
    const fraction = mantissa.split(".")[1] ?? "";
    const scale = fraction.length - Number(exponent);
    const digits = BigInt(mantissa.replace(".", ""));
    if (!Number.isFinite(value) || fraction.length >= 15) {
        return undefined;
    }
    const decimal = scale < 0 ? new Decimal(digits * 10n ** BigInt(-scale), 0) : new Decimal(digits, scale);
    return fits(decimal.units, decimal.scale) ? decimal : undefined;
}

/** The decimal with all its places, e.g. `1.50`. */
export function decimalText({ units, scale }: Decimal): string {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
    const point = digits.length - scale;
    const fraction = scale === 0 ? "" : `.${digits.slice(point)}`;
    return `${units < 0n ? "-" : ""}${digits.slice(0, point)}${fraction}`;
}

/** Negative, zero or positive, like the difference. */
export function compareDecimals(a: Decimal, b: Decimal): number {
    const [left, right] = aligned(a, b);
    return left < right ? -1 : left > right ? 1 : 0;
}

/** The sum, the difference with `sign` -1n; undefined if .NET would have to round, or it does not fit. */
export function addDecimals(a: Decimal, b: Decimal, sign: 1n | -1n): Decimal | undefined {
    const [left, right] = aligned(a, b);
    return checked(left + sign * right, Math.max(a.scale, b.scale));
}

/** The product; undefined if .NET would have to round, or it does not fit. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal | undefined {
    return checked(a.units * b.units, a.scale + b.scale);
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint] {
    const scale = Math.max(a.scale, b.scale);
    return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale)];
}

function checked(units: bigint, scale: number): Decimal | undefined {
    return fits(units, scale) ? new Decimal(units, scale) : undefined;
}

function fits(units: bigint, scale: number): boolean {
    return scale <= MAX_SCALE && units <= MAX_UNITS && units >= -MAX_UNITS;
}
