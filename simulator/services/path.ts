/** A path segment as its sender meant it; one that is not properly encoded stays as it is. */
export function decodeSegment(segment: string): string {
    try {
        return decodeURIComponent(segment);
    } catch {
        return segment;
    }
}
