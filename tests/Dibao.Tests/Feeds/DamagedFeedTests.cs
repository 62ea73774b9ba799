using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

/// <summary>Real feeds damaged in 11 ways of breaking XML and 14 of encoding, by the corpus's own program, beside the same feeds undamaged.</summary>
public sealed class DamagedFeedTests(ITestOutputHelper output)
{
    private const double EntriesFloor = 1;
    private const double XmlTitlesFloor = 1;
    private const double EncodingTitlesFloor = 0.995;

    // What the program puts in front of one title, as a reader should see it.
    private static readonly Dictionary<string, string> Inserted = new()
    {
        ["bare_ampersand"] = "AT&T R&D; & ",
        ["html_entity"] = "café — ",
        ["control_char"] = "ab ",
        ["cp1252_bytes_in_utf8"] = "“quoted” – café ",
    };

    private sealed record Outcome(string Kind, bool Entries, bool Titles, string Message);

    [Fact]
    public void Damaged_feeds_give_the_entries_and_titles_of_the_undamaged_at_least_to_the_pinned_floors()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-mutations-").FullName;
        try
        {
            Mutate(folder);
            var outcomes = Judge(folder).ToList();
            Report(outcomes);
            var (encodings, xml) = (outcomes.Where(IsEncoding).ToList(), outcomes.Where(one => !IsEncoding(one)).ToList());
            xml.Count.ShouldBeGreaterThan(400);
            encodings.Count.ShouldBeGreaterThan(500);
            Share(outcomes, one => one.Entries).ShouldBeGreaterThanOrEqualTo(EntriesFloor);
            Share(xml, one => one.Titles).ShouldBeGreaterThanOrEqualTo(XmlTitlesFloor);
            Share(encodings, one => one.Titles).ShouldBeGreaterThanOrEqualTo(EncodingTitlesFloor);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Mutate(string folder)
    {
        var shared = Shared.RequireFeeds();
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", [Path.Combine(shared, "mutate.py"), Path.Combine(shared, "real"), folder])
            {
                RedirectStandardOutput = true, UseShellExecute = false,
            })!;
            python.WaitForExit();
            python.ExitCode.ShouldBe(0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not here: it makes the damaged feeds.");
        }
    }

    private static IEnumerable<Outcome> Judge(string folder)
    {
        using var prefixes = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "prefix.json")));
        foreach (var path in Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var (number, kind) = (name[..3], name[4..]);
            if (kind.StartsWith("ref", StringComparison.Ordinal))
                continue;
            var reference = prefixes.RootElement.TryGetProperty(kind, out var prefix)
                ? "ref_" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(prefix.GetString()!))
                : "ref";
            yield return Judge(kind, name, Titles(Path.Combine(folder, $"{number}_{reference}.xml")), Titles(path));
        }
    }

    private static Outcome Judge(string kind, string name, List<string> wanted, List<string> found)
    {
        if (kind == "truncated_70")
        {
            // The last may be cut; nothing is to be there that was not.
            var same = found.Count > 0 && found.Take(found.Count - 1).SequenceEqual(wanted.Take(found.Count - 1));
            return new(kind, found.Count > 0, same && wanted[found.Count - 1].StartsWith(found[^1], StringComparison.Ordinal), $"{name}: {found.Count} of {wanted.Count}");
        }

        var missing = wanted.Except(found).ToList();
        var isRight = Inserted.TryGetValue(kind, out var inserted)
            ? missing.Count <= 1 && found.Exists(title => missing.TrueForAll(one => title == (inserted + one).Trim() || title == inserted.Trim() + one))
            : missing.Count == 0;
        return new(kind, found.Count == wanted.Count, isRight, $"{name}: {found.Count} of {wanted.Count}; missing <{missing.FirstOrDefault()}>, new <{found.Except(wanted).FirstOrDefault()}>");
    }

    private static List<string> Titles(string path) =>
        FeedReader.Read(File.ReadAllBytes(path)) is FeedReading.Found found ? [.. found.Feed.Entries.Select(entry => entry.Title)] : [];

    private void Report(List<Outcome> outcomes)
    {
        foreach (var kind in outcomes.GroupBy(one => one.Kind))
            output.WriteLine($"{kind.Key}: {kind.Count()} files, entries {Share(kind, one => one.Entries):P1}, titles {Share(kind, one => one.Titles):P1}");
        foreach (var missed in outcomes.Where(one => !one.Entries || !one.Titles))
            output.WriteLine(missed.Message);
    }

    private static bool IsEncoding(Outcome outcome) =>
        outcome.Kind.StartsWith("enc_", StringComparison.Ordinal) || outcome.Kind.StartsWith("lie_", StringComparison.Ordinal) || outcome.Kind == "nodecl_gbk";

    private static double Share(IEnumerable<Outcome> outcomes, Func<Outcome, bool> holds) => outcomes.Average(one => holds(one) ? 1.0 : 0);
}
