using System.Text.Json;

namespace Dibao.Server.Configuration;

/// <summary>Reads <c>dibao.json</c>: objects within objects become <c>Section:Name</c>; comments and trailing commas are allowed.</summary>
internal static class ConfigurationFile
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 8;

    /// <param name="problems">Told what cannot be read.</param>
    public static IReadOnlyList<(string Name, string Text)> Read(string path, List<string> problems)
    {
        var found = new List<(string, string)>();
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new JsonException($"it is larger than {MaxBytes} bytes");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new()
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth, AllowDuplicateProperties = false,
            });
            Flatten(document.RootElement, "", path, found, problems);
        }
        catch (JsonException wrong)
        {
            problems.Add($"{path}: it is no JSON that can be read: {wrong.Message}");
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: {lost.Message} Name a file that dibao may read (--config).");
        }
        return found;
    }

    private static void Flatten(JsonElement element, string name, string path, List<(string, string)> found, List<string> problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Flatten(member.Value, name.Length == 0 ? member.Name : $"{name}:{member.Name}", path, found, problems);
                break;
            case JsonValueKind.Array when name.Length > 0 && element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                found.Add((name, string.Join(',', element.EnumerateArray().Select(item => item.GetString()))));
                break;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when name.Length > 0:
                found.Add((name, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()));
                break;
            case JsonValueKind.Null: break;
            default:
                problems.Add($"{(name.Length == 0 ? "The file" : name)}, from {path}: {(name.Length == 0 ? "it must be one JSON object" : "it is no text, number, switch, or list of texts")}.");
                break;
        }
    }
}
