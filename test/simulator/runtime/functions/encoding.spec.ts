import { expect } from "chai";
import { evaluate, jsonOf } from "../../../support/runtime";

describe("encoding functions", () => {
    const values: readonly (readonly [expression: string, json: string])[] = [
        ["base64('hé')", '"aMOp"'],
        ["base64ToString('aMOp')", '"hé"'],
        ["decodeBase64('aGk=')", '"hi"'],
        ["base64(base64ToBinary('aGk='))", '"aGk="'],
        ["binary('hi')", '{"$content-type":"application/octet-stream","$content":"aGk="}'],
        ["uriComponent('a b&c=d/é!''()*-_.~')", '"a%20b%26c%3Dd%2F%C3%A9%21%27%28%29%2A-_.~"'],
        ["decodeUriComponent('a%20b+c')", '"a b c"'],
        ["string(uriComponentToBinary('You+Are%3ACool%2FAwesome'))", '"You Are:Cool/Awesome"'],
        ["dataUri('hi')", '"data:text/plain;charset=utf-8;base64,aGk="'],
        ["dataUriToString('data:,plain%20text')", '"plain text"'],
        ["dataUriToString('data:base64,dGVzdA==')", '"test"'],
        ["dataUriToString('DATA:TEXT/PLAIN;CHARSET=UTF-8;CATS=CUTE;BASE64,dGVzdA==')", '"test"'],
        ["dataUriToString('data:text/plain;charset=utf-8,a+b%20c')", '"a b c"'],
        ["decodeDataUri('data:text/plain;charset=utf-8;base64,aGVsbG8=')", '"hello"'],
        ["dataUriToBinary('data:,a b')", '{"$content-type":"text/plain","$content":"YSBi"}'],
        ["dataUri(json('{\"a\":3}'))", '"data:application/json;charset=utf-8;base64,eyJhIjozfQ=="'],
        ["dataUri(true)", '"data:application/json;charset=utf-8;base64,VHJ1ZQ=="'],
        ["dataUriToBinary('data:image/png;base64,aGk=')", '{"$content-type":"image/png","$content":"aGk="}'],
        ["uriHost('https://user@x.com:8080/p/q?k=1')", '"x.com"'],
        ["uriPort('https://x.com/p')", "443"],
        ["uriPath('https://x.com/p/q?k=1')", '"/p/q"'],
        ["uriQuery('https://x.com/p?k=1')", '"?k=1"'],
        ["uriPathAndQuery('https://x.com/p?k=1')", '"/p?k=1"'],
        ["uriScheme('https://x.com')", '"https"'],
    ];
    for (const [expression, json] of values) {
        it(`gives ${json} for ${expression}`, () => {
            expect(jsonOf(expression)).to.equal(json);
        });
    }

    const errors: readonly (readonly [expression: string, message: string])[] = [
        ["base64ToString('a')", "The value cannot be decoded from base64 representation."],
        ["base64ToString(binary('x'))", "The provided value is of type 'Object'"],
        ["decodeUriComponent('%E0%A4%A')", "is not a valid URI component"],
        [
            "uriComponent(null)",
            "'uriComponent' expects its parameter to be a string. The provided value is of type 'Null'.",
        ],
        ["encodeUriComponent(json('{}'))", "'encodeUriComponent' expects its parameter to be a string."],
        ["uriComponent(1)", "A number as parameter of function 'uriComponent' is not supported"],
        ["dataUriToString('hi')", "to be formatted as a valid data URI. The provided value 'hi'"],
        ["dataUriToBinary('data:;,test')", "to be formatted as a valid data URI"],
        ["dataUriToBinary('data:badmime;charset=utf-8,x')", "to be formatted as a valid data URI"],
        ["dataUriToString('data:text/plain;charset=latin1,x')", "The charset 'latin1' of a data URI"],
        ["dataUri(null)", "to be a string"],
        ["uriPort('urn:a')", "The default port of the scheme 'urn' in function 'uriPort' is not supported"],
        ["uriHost('x')", "to be an absolute URI"],
    ];
    for (const [expression, message] of errors) {
        it(`refuses ${expression}`, () => {
            expect(() => evaluate(expression)).to.throw(message);
        });
    }
});
