using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests;

/// <summary>Holds the plan of the house that ARCHITECTURE.md draws.</summary>
public partial class HouseTests
{
    // The order of the journey. A stage uses the nouns at the root and the stages before it.
    private static readonly string[] Stages = ["Capture", "Keep", "Prove", "Find", "Publish"];

    // The composition: where the stages are wired to each other, and so the only files at the root that know them.
    private static readonly string[] Composition = ["Archive.cs", "ArchiveReader.cs", "ArchiveCheck.cs", "ImportRun.cs"];

    [Fact]
    public void A_stage_uses_only_stages_before_it()
    {
        var broken = Stages.SelectMany((stage, place) => Files(stage)
            .SelectMany(file => Used(file).Where(used => Array.IndexOf(Stages, used) > place).Select(used => $"{Name(file)} uses {used}")));
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_nouns_at_the_root_know_no_stage()
    {
        var root = Path.Combine(Checkout.Source, "Dibao");
        var broken = Directory.GetFiles(root, "*.cs")
            .Where(file => !Composition.Contains(Path.GetFileName(file)))
            .SelectMany(file => Used(file).Select(used => $"{Name(file)} uses {used}"));
        // KeptCapture carries the kind of its bundle, which is a word of Capture's manifest format.
        broken.ShouldBe(["Dibao/Article.cs uses Capture"]);
    }

    [Fact]
    public void Migrations_are_numbered_across_the_stages_in_the_order_of_the_journey()
    {
        var numbers = Stages.SelectMany(stage => Directory.GetFiles(Path.Combine(Checkout.Source, "Dibao", stage), "*.sql", SearchOption.AllDirectories)
            .Select(file => int.Parse(Path.GetFileName(file).AsSpan(0, 4), null)).Order()).ToList();
        numbers.ShouldBeUnique();
        numbers.Count.ShouldBeGreaterThan(2);
        Database.CurrentVersion.ShouldBe(numbers.Max());
    }

    [Theory]
    [InlineData("Dibao.Feeds")]
    [InlineData("Dibao.Warc")]
    [InlineData("Dibao.Log")]
    public void Packages_that_strangers_use_alone_depend_on_nothing(string project)
    {
        var xml = XDocument.Load(Path.Combine(Checkout.Source, project, project + ".csproj"));
        xml.Descendants().Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference").ShouldBeEmpty();
    }

    [Fact]
    public void ARCHITECTURE_names_every_folder_of_the_journey()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "ARCHITECTURE.md"));
        foreach (var stage in Stages) text.ShouldContain($"src/Dibao/{stage}/");
        foreach (var project in Directory.GetDirectories(Checkout.Source)) text.ShouldContain($"src/{Path.GetFileName(project)}");
    }

    [Fact]
    public void Files_stay_small_enough_to_hold_one_idea()
    {
        var lengths = Directory.GetFiles(Checkout.Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(file => File.ReadLines(file).Count())
            .Order()
            .ToList();
        lengths[lengths.Count * 95 / 100].ShouldBeLessThan(300);
    }

    [Fact]
    public void Nothing_committed_names_a_package_registry()
    {
        var locks = Directory.GetFiles(Checkout.Root, "packages.lock.json", SearchOption.AllDirectories);
        locks.ShouldNotBeEmpty();
        locks.Where(file => File.ReadAllText(file).Contains("://", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string[] Files(string stage) =>
        Directory.GetFiles(Path.Combine(Checkout.Source, "Dibao", stage), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> Used(string file) => StageReference().Matches(File.ReadAllText(file))
        .Select(match => match.Groups["stage"].Value)
        .Where(stage => !file.Contains($"/Dibao/{stage}/", StringComparison.Ordinal))
        .Distinct();

    private static string Name(string file) => Path.GetRelativePath(Checkout.Source, file);

    // A using line, or a name written out: Dibao.Keep.Keeper, Capture.CaptureKind.
    [GeneratedRegex(@"\b(using |Dibao\.|required |\()(static )?(Dibao\.)?(?<stage>Capture|Keep|Prove|Find|Publish)(;|\.[A-Z])", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex StageReference();
}
