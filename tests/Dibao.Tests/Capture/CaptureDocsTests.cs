using System.Text.RegularExpressions;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public partial class CaptureDocsTests
{
    [Fact]
    public void Each_test_that_docs_capture_md_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "capture.md"));
        var sources = Directory.GetFiles(Path.Combine(Checkout.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var named = TestName().Matches(text).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).ToList();
        named.Count.ShouldBeGreaterThan(80);
        named.Where(test => !sources.Exists(source => source.Contains($"class {test.Class}", StringComparison.Ordinal) && source.Contains($" {test.Method}(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Each_row_of_its_tables_of_situations_names_a_test()
    {
        var rows = RowsUnderTest().ToList();

        rows.Count.ShouldBeGreaterThan(80);
        rows.Where(row => !TestName().IsMatch(row.Split('|')[^2])).ShouldBeEmpty();
    }

    // Of tables whose last column is headed so; others explain words.
    private static IEnumerable<string> RowsUnderTest()
    {
        var (inTable, named) = (false, false);
        foreach (var line in File.ReadLines(Path.Combine(Checkout.Root, "docs", "capture.md")))
        {
            if (!line.StartsWith('|')) { inTable = false; continue; }
            if (!inTable) (inTable, named) = (true, line.EndsWith("| Test |", StringComparison.Ordinal));
            else if (named && !line.StartsWith("| ---", StringComparison.Ordinal)) yield return line;
        }
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TestName();
}
