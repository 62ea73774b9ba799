namespace Dibao.Tests.Extract;

/// <summary>Pages made to cost their reader time, depth or memory. Each is about as large as the parser's bounds allow to matter.</summary>
internal static class HostilePages
{
    private const int Many = 100_000;
    private const string Paragraph = "<p>A paragraph that is long enough to be one, with a comma, a mark and some more words behind it.</p>";

    public static IReadOnlyList<(string Name, string Html)> All { get; } =
    [
        ("deep nesting", Repeat("<div>", Many) + "The bottom of it holds one sentence, and no more."),
        ("siblings", Repeat("<p>One of very many short paragraphs, each a sentence.</p>", Many)),
        ("a huge attribute", "<p class=\"" + new string('x', 4_000_000) + "\">The paragraph itself is short.</p>"),
        ("many attributes", "<p " + Repeat("a b=1 ", Many) + ">The paragraph itself is short.</p>"),
        ("unclosed formatting", Repeat("<b><i><p>Bold and never ending.", Many / 4)),
        ("links in links", Repeat("<a href=/x>one ", Many)),
        ("tables in tables", Repeat("<table><tr><td>", Many / 4)),
        ("lists of links", Repeat("<ul><li><a href=/x>Elsewhere</a></li></ul>", Many / 4)),
        ("nothing but openings", new string('<', 1_000_000)),
        ("comments that never end", Repeat("<!--", Many)),
        ("scripts that never end", Repeat("<script>", Many)),
        ("headlines", Repeat("<h1>The same headline again</h1>", Many)),
        ("pictures without text", Repeat("<div class=image><img src=/i.jpg></div>", Many)),
        ("captions in captions", Repeat("<figure><figcaption>A caption", Many / 4)),
        ("captions beside each other", "<div><img src=/i.jpg>" + Repeat("<div class=caption></div>", Many) + "</div>"),
        ("captions of no picture", Repeat("<div class=caption><div>", Many / 2)),
        ("frames in frames", Repeat("<div class=carousel><figure><img src=/i.jpg><figcaption>A caption", Many / 8)),
        ("pictures for browsers without scripts", Repeat("<img><noscript><img src=/i.jpg></noscript>", Many / 2)),
        ("buttons that hold much", Repeat("<button><div><i></i>", Many / 2)),
        ("sentences in captions", Repeat("<figure><figcaption><p>A sentence that is long enough to be one.", Many / 8)),
        ("posts in posts", Repeat("<blockquote class=twitter-tweet>", 400) + Repeat("x ", 10 * Many)),
        ("posts beside each other", "<h1>A headline</h1>" + Paragraph + Repeat("<div class=social><blockquote class=tiktok-embed>A post that is long enough to be a text.</blockquote></div>", Many / 4) + Paragraph),
        ("one endless line", "<p>" + Repeat("word, ", 1_000_000)),
        ("entities", "<p>" + Repeat("&amp;&lt;&#x4e2d;", Many)),
        ("forms that cross", Repeat("<form><div></form>", Many)),
        ("structured data in depth", "<script type=application/ld+json>" + Repeat("{\"mainEntity\":", Many) + "</script><p>A short paragraph."),
        ("frames in a box that is dropped", "<p>A paragraph before it, long enough to be one, with a mark.</p><div hidden>" + Repeat("<iframe src=https://films.example/embed/1></iframe>x ", Many) + "</div><p>A paragraph behind it, long enough to be one, with a mark.</p>"),
        ("a statement of everything", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + Repeat("A sentence that is stated again and again. ", Many / 8) + "\"}</script>" + Repeat("<p>A sentence that is stated again and again.</p>", Many / 2)),
        ("articles behind the headline", Repeat("<article class=a><h1 class=b>The same make again</h1><p>With a paragraph that is long enough to be one, and a mark.</p></article>", Many / 4)),
        ("headings over nothing", Repeat("<h2>Again</h2><div></div>", Many)),
        ("quotations in depth", Repeat("<blockquote><p>He said: ", Many / 4)),
        ("formatting that no two of are alike", string.Concat(Enumerable.Range(0, Many).Select(i => $"<b id={i}><p>x"))),
        ("formatting across blocks", Repeat(Repeat("<b id=1><i id=2><u id=3>", 8) + "<div>x</b></i>", Many / 8)),
        ("texts in front of tables", "x<table>" + Repeat("y<td>z</b>z</td>", 2 * Many)),
        ("end tags of nothing", Repeat("<ul>", 300) + Repeat("</div></p></h1></x>", 3 * Many)),
        ("attributes of the page, again and again", string.Concat(Enumerable.Range(0, 4 * Many).Select(i => $"<html a{i}>"))),
        ("names that no two of are alike", string.Concat(Enumerable.Range(0, 2 * Many).Select(i => $"<x{i}></y{i}>"))),
        ("the same article again and again", Repeat("<p>One two three four five six seven eight nine ten.</p><p>Eleven, twelve, thirteen and fourteen.</p>", Many / 2)),
        ("articles that begin alike", string.Concat(Enumerable.Range(0, Many / 2).Select(i => $"<p>One two three four five six seven eight nine ten and then {i}, which is another.</p>"))),
        ("streamed parts in each other", string.Concat(Enumerable.Range(0, Many / 4).Select(i => $"<div hidden id=\"S:{i}\"><p>A part, with a mark.<template id=\"P:{i + 1}\"></template><template id=\"P:{i}\"></template></div>")) + "<template id=\"P:0\"></template>"),
        ("places without parts", "<div hidden id=\"S:0\"></div>" + Repeat("<template id=\"B:0\"></template><!--$-->", Many)),
        ("lists of articles in each other", "<h1>A headline</h1>" + Repeat("<div><h2><a href=/x>The title of another article</a></h2><p>With an excerpt of it, which is long enough to be one.</p>", Many / 4)),
        ("many names that nobody sees", "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[" + string.Join(',', Enumerable.Range(0, 24).Select(i => $"{{\"name\":\"Zora Quill{(char)('a' + i)} Vex\"}}")) + "]}</script>" + Repeat(Paragraph, Many / 2)),
        ("a number without end", "<p>&#" + new string('9', 4_000_000)),
        ("ampersands", "<p>" + new string('&', 2_000_000)),
        ("templates in templates", Repeat("<template><td>", Many)),
        ("drawings that never end", Repeat("<svg><g><title><p>", Many)),
        ("scripts in comments in scripts", "<script>" + Repeat("<!--<script>", 4 * Many)),
        ("drawings between words", "<div>" + Repeat("word <svg></svg>", 2 * Many)),
        ("comments between words", "<div>" + Repeat("word <!-- x -->", 2 * Many)),
        ("fields between words", "<div>" + Repeat("word <input>", 2 * Many)),
        ("fields in a drawing", "<svg>" + Repeat("<input></x>", 4 * Many)),
        ("one text in many marks", Repeat("<del><cite>", 55) + Repeat("The bottom of it holds a sentence. ", Many)),
        ("lines in many quotations", Repeat("<blockquote>", 110) + "<pre>" + Repeat("a\n", 10 * Many)),
        ("lines in many lists", Repeat("<ul><li>", 58) + "<pre>" + Repeat("a\n", 10 * Many)),
        ("a class held against others", "<article><div class=\"" + Repeat("ab ", Many) + "\"><h1>The council has met</h1>" + Repeat(Paragraph, 5) + "</div>" + Repeat("<div class=x>" + Repeat(Paragraph, 5) + "</div>", Many / 8) + "</article>"),
        ("a class that many lines stand in", "<h1>The council has met</h1>" + Repeat(Paragraph, 5) + "<div class=\"" + Repeat("ab ", 5 * Many) + "\">" + Repeat("<ul><li><a href=/x>Elsewhere it is</a></ul><p>x</p>", Many) + "</div>"),
        ("questions without answers", "<h1>The council has met</h1><article>" + Repeat(Paragraph, 5) + "<div class=q>" + Repeat("<p>Who is it?</p>", Many) + "</div></article>"),
        ("pictures of one figure", "<meta property=og:image content=https://news.example/i.jpg>" + Repeat(Paragraph, 5) + "<figure>" + Repeat("<img src=/i.jpg>", Many)),
        ("one text in many headings", Repeat("<h1><div>", 110) + Repeat("The bottom of it holds a sentence. ", Many)),
        ("one text in many times", Repeat("<time>", 240) + "1 " + Repeat("The bottom of it holds a sentence. ", Many)),
        ("nothing in many times", Repeat("<time>", 240) + new string(' ', 4_000_000)),
        ("a long base of many links", "<base href=https://news.example/" + new string('a', 8000) + ">" + Repeat("<a href=x>y</a>", 2 * Many)),
        ("a headline of structured data, and many others", "<script type=application/ld+json>[{\"@type\":\"Article\",\"headline\":\"" + new string('a', 4_000_000) + "\"}" + Repeat(",{\"@type\":\"Article\",\"headline\":\"b\"}", 390) + "]</script>"),
        ("references to a node of many properties", "<script type=application/ld+json>{\"@graph\":[{\"@id\":\"a\"" + Repeat(",\"b\":0", 2 * Many) + "}" + ReferringArticles + "]}</script>"),
        ("references to a long name", "<script type=application/ld+json>{\"@graph\":[{\"@id\":\"a\",\"name\":\"" + new string('a', 1_000_000) + "\"}" + ReferringArticles + "]}</script>"),
    ];

    private static string ReferringArticles =>
        Repeat(",{\"@type\":\"Article\",\"author\":[{\"@id\":\"a\"}" + Repeat(",{\"@id\":\"a\"}", 63) + "]}", 390);

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));
}
