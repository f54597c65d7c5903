/** What the tests of scanFileHash share: hashes, calls as they are listed, and a way to play it. */
import { hashEntity, playAlone, type Scene } from "./tenant";

export const sha256 = "a1".repeat(32);
export const sha1 = "b2".repeat(20);
export const md5 = "c3".repeat(16);
export const other = "d4".repeat(32);
export const comment = "POST /Incidents/Comment";
export const secret = "GET /secrets/intezer-sentinel-api-key/value";
export const token = "POST /get-access-token";
export const link = /Open in Intezer https:\/\/analyze\.intezer\.com\/analyses\/[0-9a-f-]{36}/;

export function scan(scene: Scene) {
    return playAlone("scanFileHash", scene);
}

export const one = { entities: [hashEntity(sha256, "SHA256")] };
