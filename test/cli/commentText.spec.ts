import { expect } from "chai";
import { commentText } from "../../cli/commentText";

describe("the text of a comment", () => {
    it("has a line for each paragraph, break, list item and table row", () => {
        expect(
            commentText(
                "<p><b>Title</b></p><table><tr><th>File</th><th>Verdict</th></tr>" +
                    "<tr><td>a.exe<br>abc</td><td>malicious</td></tr></table><ul><li>One.</li><li>Two.</li></ul>end",
            ),
        ).to.equal("Title\nFile | Verdict\na.exe\nabc | malicious\n- One.\n- Two.\nend");
    });

    it("puts the address behind a link", () => {
        expect(commentText('<td>x</td><td><a href="https://a.example/1">Open</a></td>')).to.equal(
            "x | Open https://a.example/1",
        );
    });

    it("shows what was escaped as it was meant, once", () => {
        expect(commentText("<p>&lt;script&gt; &amp;lt; &quot;a&quot; &#39;b&#39;</p>")).to.equal(
            "<script> &lt; \"a\" 'b'",
        );
    });

    it("drops other tags and control characters", () => {
        expect(commentText('<i class="x">a</i>\u001b[31m\u0007b')).to.equal("a[31mb");
    });
});
