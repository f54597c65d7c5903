/** Decimal digits of a number, rounded half away from zero as .NET's number formats do. */
import { NotSupportedError } from "./errors";
import { isInteger, toDouble, type Float } from "./values";

/** A magnitude of 0.{@link digits} * 10^{@link exponent}; zero has no digits. */
export interface Digits {
    readonly negative: boolean;
    /** Without zeros at the start and the end. */
    readonly digits: string;
    readonly exponent: number;
}

/** Digits of a double up to which .NET Framework and .NET agree, because the old one looks at no more. */
const PRECISION = 15;

/** The exact digits of an integer, and those of a double that its 15 most significant digits have. */
export function digitsOf(value: number | bigint | Float): Digits {
    if (isInteger(value)) {
        const text = value.toString();
        const magnitude = text.replace("-", "");
        return normal(text.startsWith("-"), magnitude, magnitude.length);
    }
    const double = toDouble(value);
    if (!Number.isFinite(double)) {
        throw new NotSupportedError(`Formatting the number ${double} is not supported by the simulator.`);
    }
    const [mantissa = "", exponent = "0"] = Math.abs(double)
        .toExponential(PRECISION - 1)
        .split("e");
    return normal(double < 0, mantissa.replace(".", ""), Number(exponent) + 1);
}

/** The same rounded to a number of places after the point. */
export function roundToPlaces(value: Digits, places: number): Digits {
    return roundTo(value, value.exponent + places);
}

/** The same rounded to a number of significant digits. */
export function roundTo(value: Digits, count: number): Digits {
    const { digits, negative, exponent } = value;
    if (count >= digits.length) {
        return value;
    }
    if (count < 0) {
        return normal(negative, "", 0);
    }
    const kept = BigInt(`0${digits.slice(0, count)}`) + (digits.charAt(count) >= "5" ? 1n : 0n);
    const text = kept.toString().padStart(count, "0");
    // A carry makes it one digit longer.
    return normal(negative, kept === 0n ? "" : text, exponent + Math.max(0, text.length - count));
}

/** The digits before the point, at least `minimum`. */
export function wholeDigits({ digits, exponent }: Digits, minimum: number): string {
    const whole = exponent <= 0 ? "" : digits.slice(0, exponent).padEnd(exponent, "0");
    return whole.padStart(minimum, "0");
}

/** The digits after the point, at least `minimum`. */
export function fractionDigits({ digits, exponent }: Digits, minimum: number): string {
    const fraction = exponent >= 0 ? digits.slice(exponent) : "0".repeat(-exponent) + digits;
    return (digits === "" ? "" : fraction).padEnd(minimum, "0");
}

/** A separator between groups of three digits. */
export function grouped(whole: string, separator: string): string {
    return whole.replace(/\B(?=(?:\d{3})+$)/g, separator);
}

function normal(negative: boolean, digits: string, exponent: number): Digits {
    const significant = digits.replace(/^0+/, "");
    const trimmed = significant.replace(/0+$/, "");
    return {
        negative,
        digits: trimmed,
        exponent: trimmed === "" ? 0 : exponent - (digits.length - significant.length),
    };
}
