using Dibao.Find;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Find;

public sealed class SearchOracleTests : IDisposable
{
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public void The_index_finds_exactly_what_reading_every_text_finds()
    {
        var random = new Random(20231101);
        var texts = Enumerable.Range(0, 400).Select(_ => Make(random, "李尚福访訪莫斯科a1B ，。\n", random.Next(1, 60))).ToArray();
        archive.With(texts);
        var forms = texts.Select(BruteForce.Form).ToArray();
        for (var i = 0; i < 600; i++)
        {
            var phrase = Make(random, "李尚福访訪莫斯科a1B ，", random.Next(1, 6)).Trim(' ', '，');
            var without = Make(random, "李尚福访莫斯科", random.Next(1, 3));
            if (phrase.Length == 0) continue;
            var expected = Ids(forms, form => BruteForce.Holds(form, phrase) && !BruteForce.Holds(form, without));
            archive.Find($"\"{phrase}\" -{without}").ShouldBe(expected, $"\"{phrase}\" -{without}");
        }
    }

    [Fact]
    public void Every_part_of_a_run_is_found()
    {
        var run = Gen.Choose(0x4E00, 0x9FFF).Select(code => (char)code).ListOf().Where(list => list.Count is > 1 and < 80);
        var cases = run.SelectMany(chars => Gen.Choose(0, chars.Count - 2).SelectMany(start => Gen.Choose(2, chars.Count - start).Select(length => (chars, start, length))));
        Prop.ForAll(cases.ToArbitrary(), part =>
        {
            var text = string.Concat(part.chars);
            archive.With(Archive.Document(1, text));
            var query = text.Substring(part.start, part.length);
            archive.Find(query).ShouldBe([1], $"{query} in {text}");
            Snippet.Highlight(text, Archive.Query(query)).ShouldContain(shown => shown.Match && shown.Text.Contains(query, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_query_throws()
    {
        archive.With("北京 普京 \"x\" AND", "上海");
        var pieces = Gen.Elements(
            "\"", "“", "」", "-", "－", "AND", "OR", "NOT", "NEAR(", ")", "*", "^", ":", "：", "outlet:", "after:2023", "before:", "lang:zh", "body:", "{title}",
            "\0", "\u0001", "\u0001otwo", "\uD800", "\uDC00", "\uFDFA", "\u0301", "\u3099", "\u1161", "ｶﾞ", "𠮷", "😀", "北京", "北", "a", " ", "\n", "\u3000", "+", "'", ";--");
        var typed = pieces.ListOf().Select(list => string.Concat(list));
        var any = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null);
        Prop.ForAll(Gen.OneOf(typed, any).ToArbitrary(), Ask).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("\"", 10_000)]
    [InlineData("\"", 1000)]
    [InlineData("(", 1000)]
    [InlineData("-", 999)]
    [InlineData("-(", 400)]
    [InlineData("\0", 900)]
    [InlineData("NEAR ", 150)]
    [InlineData("北 ", 500)]
    [InlineData("北", 1000)]
    [InlineData("\uD83D", 1000)]
    [InlineData("outlet:", 140)]
    public void A_hostile_query_is_answered_or_refused(string piece, int times) => Ask(string.Concat(Enumerable.Repeat(piece, times)));

    [Fact]
    public void Real_articles_are_found_by_any_part_of_them_in_either_script()
    {
        var folder = Path.Combine(Root(), "..", "shared", "corpus", "cdt");
        Assert.SkipUnless(Directory.Exists(folder), "The corpus ../shared/corpus/cdt is not here.");
        var texts = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
        archive.With(texts.Select((text, at) => Archive.Document(at + 1, text)));
        var forms = texts.Select(BruteForce.Form).ToArray();
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var query = HanPart(random, texts[random.Next(texts.Length)], random.Next(2, 7));
            if (i % 2 == 0) query = string.Concat(query.Select(c => BruteForce.Variants.GetValueOrDefault(c, c)));
            archive.Find(query).ShouldBe(Ids(forms, form => BruteForce.Holds(form, query)), query);
        }
    }

    private void Ask(string text)
    {
        if (SearchQuery.Parse(text) is not QueryReading.Parsed parsed) return;
        archive.Search(text).Total.ShouldBeInRange(0, 2);
        archive.Search(text, new SearchOptions { Order = SearchOrder.Best });
        string.Concat(Snippet.Highlight(text.Trim(), parsed.Query).Select(part => part.Text)).Length.ShouldBeLessThanOrEqualTo(text.Length);
        Snippet.Make(text, parsed.Query, 20).Sum(part => part.Text.Length).ShouldBeLessThanOrEqualTo(20);
    }

    private static string HanPart(Random random, string text, int length)
    {
        var start = random.Next(text.Length);
        for (var tried = 0; tried < text.Length; tried++, start++)
        {
            if (start + length > text.Length) start = 0;
            if (text.AsSpan(start, length).ToArray().All(BruteForce.IsHan)) return text.Substring(start, length);
        }
        return "新闻";
    }

    private static long[] Ids(string[] forms, Predicate<string> holds) =>
        [.. forms.Index().Where(pair => holds(pair.Item)).Select(pair => (long)pair.Index + 1)];

    private static string Make(Random random, string alphabet, int length) => string.Concat(random.GetItems<char>(alphabet, length));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dibao.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
