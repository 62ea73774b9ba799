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
    public void Each_row_of_its_tables_names_a_test() =>
        File.ReadLines(Path.Combine(Checkout.Root, "docs", "capture.md"))
            .Where(line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.EndsWith("| Test |", StringComparison.Ordinal))
            .Where(line => !TestName().IsMatch(line.Split('|')[^2]))
            .ShouldBeEmpty();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TestName();
}
