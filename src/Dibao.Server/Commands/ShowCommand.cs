using System.CommandLine;
using Dibao.Extract;

namespace Dibao.Server.Commands;

internal static class ShowCommand
{
    private static readonly Argument<string> Which = new("ARTICLE") { Description = "Its number (from list or search) or its URL" };
    private static readonly Option<bool> Markdown = new("--md") { Description = "As Markdown (the default)" };
    private static readonly Option<bool> Text = new("--text") { Description = "As plain text" };
    private static readonly Option<bool> Html = new("--html") { Description = "As safe HTML" };
    private static readonly Option<bool> Versions = new("--versions") { Description = "List its versions instead" };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("show", "Show one article") { Which, Markdown, Text, Html, Versions }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        if (new[] { Markdown, Text, Html, Versions }.Count(call.Value) > 1) throw new UsageException("Give one of --md, --text, --html and --versions.");
        using var archive = call.OpenReader();
        var article = ArticleArgument.Find(archive, call.Value(Which));
        if (article is null)
        {
            call.Output.Error($"There is no article {call.Value(Which)}: dibao list and dibao search give the numbers of those there are.");
            return Task.FromResult(ExitCode.Findings);
        }
        if (article.Removal is { } removal)
        {
            call.Output.Error($"Article {article.Id} was taken down on {removal.At:yyyy-MM-dd}: {removal.Reason}");
            return Task.FromResult(ExitCode.Findings);
        }
        if (call.Value(Versions)) ListVersions(call.Output, archive, article);
        else Print(call, archive, article);
        return Task.FromResult(ExitCode.Done);
    }

    private static void Print(Invocation call, ArchiveReader archive, Article article)
    {
        var body = archive.Catalogue.Body(article.Current.Id);
        var words = call.Value(Html) ? body.Html : call.Value(Text) ? body.Text : MarkdownWriter.Write(body.Html);
        if (call.Output.Json) { call.Output.Object(new { article = ArticleLine.Of(article), standfirst = article.Current.Standfirst, body = words }); return; }
        if (call.Value(Html)) { call.Output.Text(body.Html); return; }
        call.Output.Line(call.Value(Text) ? article.Current.Title : $"# {article.Current.Title}");
        call.Output.Line("");
        call.Output.Line($"{article.Outlet.Name}  {article.Newest:yyyy-MM-dd HH:mm}Z  {string.Join(", ", article.Current.Authors)}".TrimEnd());
        call.Output.Line(article.Url);
        if (article.State is ArticleState.Redirected) call.Output.Line($"Its address leads elsewhere since {article.StateSince:yyyy-MM-dd HH:mm}Z.");
        if (article.State is ArticleState.Gone) call.Output.Line($"Gone from the outlet since {article.StateSince:yyyy-MM-dd HH:mm}Z.");
        call.Output.Line("");
        if (article.Current.StandfirstOver(body) is { } standfirst) call.Output.Line(standfirst + "\n");
        call.Output.Text(words);
    }

    private static void ListVersions(Output output, ArchiveReader archive, Article article)
    {
        foreach (var version in archive.Catalogue.Versions(article.Id))
        {
            if (output.Json) output.Object(new { ordinal = version.Ordinal, captured = version.Captured, origin = version.Origin, title = version.Title, wording = version.Wording.ToString() });
            else output.Line($"{version.Ordinal,4}  {version.Captured:yyyy-MM-dd HH:mm:ss}Z  {version.Origin}  {version.Title}");
        }
    }
}
