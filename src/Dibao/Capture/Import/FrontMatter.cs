using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dibao.Capture.Import;

/// <summary>The YAML between two rules at the head of a Jekyll file.</summary>
/// <remarks>Read as YAML where it is YAML, line by line where it is not: real files have colons and tabs in bare titles.</remarks>
internal static class FrontMatter
{
    private const string Fence = "---\n";
    private const int LongestHead = 64 << 10;

    /// <param name="bodyLine">Line of the file on which the body starts, from 1.</param>
    public static bool TrySplit(string text, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? fields, out string body, out int bodyLine)
    {
        (fields, body, bodyLine) = (null, "", 0);
        if (!text.StartsWith(Fence, StringComparison.Ordinal)) return false;
        var end = text.IndexOf("\n---", Fence.Length - 1, StringComparison.Ordinal);
        if (end is < 0 or > LongestHead) return false;
        var head = text[Fence.Length..(end + 1)];
        var bodyStart = text.IndexOf('\n', end + 1);
        body = bodyStart < 0 ? "" : text[(bodyStart + 1)..];
        bodyLine = head.AsSpan().Count('\n') + 3;
        fields = AsYaml(head) ?? AsLines(head);
        return true;
    }

    /// <summary>The parts of <c>[ a, b ]</c> or <c>a, b</c>.</summary>
    public static IReadOnlyList<string> List(string? value) => value is null ? []
        : [.. value.Trim('[', ']', ' ').Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Trim('"', '\'')).Where(part => part.Length > 0)];

    private static Dictionary<string, string>? AsYaml(string head)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(head));
            if (yaml.Documents is not [{ RootNode: YamlMappingNode map }]) return null;
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in map.Children) fields[key.ToString()] = Flat(value);
            return fields;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static string Flat(YamlNode node) => node is YamlSequenceNode list
        ? string.Join(", ", list.Children.OfType<YamlScalarNode>().Select(item => item.Value))
        : (node as YamlScalarNode)?.Value ?? "";

    private static Dictionary<string, string> AsLines(string head)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || char.IsWhiteSpace(line[0])) continue;
            fields[line[..colon].Trim()] = Unquote(line[(colon + 1)..].Trim());
        }
        return fields;
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && (value[0] is '"' or '\'') && value[^1] == value[0] && !value[1..^1].Contains(value[0], StringComparison.Ordinal)
            ? value[1..^1]
            : value;
}
