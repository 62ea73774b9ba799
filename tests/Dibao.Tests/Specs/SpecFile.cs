using Markdig;
using Markdig.Syntax;

namespace Dibao.Tests.Specs;

/// <summary>A fenced block: the words behind the fence, and what stands inside.</summary>
/// <param name="Line">Of the fence, from 1.</param>
public sealed record SpecBlock(string Kind, string Argument, string Content, int Line);

/// <summary>Specifications in Markdown, whose fenced blocks come in pairs: what goes in, what comes out.</summary>
internal static class SpecFile
{
    public static IReadOnlyList<(SpecBlock Input, SpecBlock Expected)> Pairs(string name)
    {
        var blocks = Markdown.Parse(File.ReadAllText(Path.Combine(Checkout.Specs, name)))
            .Descendants<FencedCodeBlock>()
            .Select(block => new SpecBlock(block.Info ?? "", block.Arguments ?? "", block.Lines.ToString(), block.Line + 1))
            .ToList();
        if (blocks.Count % 2 != 0) throw new InvalidOperationException($"specs/{name} has an odd number of blocks.");
        return [.. blocks.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }
}
