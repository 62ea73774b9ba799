namespace Dibao.Extract.Language;

internal static class Languages
{
    private const int EnoughText = 12;

    /// <summary>The text decides; a script that the text leaves open is taken from the page or the hint.</summary>
    public static string? Choose(string text, string? title, string? declared, string? hint)
    {
        var sample = text.Length >= EnoughText ? text : title + "\n" + text;
        var stated = Normal(declared) ?? Normal(hint);
        var read = LanguageOfText.Detect(sample);
        if (read is null or "zh") return stated is not null && (read is null || stated.StartsWith("zh", StringComparison.Ordinal)) ? stated : read;
        return read;
    }

    // zh_CN, zh-cn, ZH-TW: by script; others as language and region.
    private static string? Normal(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag) || tag.Length > 35) return null;
        var parts = tag.Trim().Split('-', '_', '.', ',');
        var language = parts[0].ToLowerInvariant();
        if (language.Length is < 2 or > 3 || !language.All(char.IsAsciiLetterLower)) return null;
        if (language != "zh") return language;
        var rest = parts.Length > 1 ? parts[1].ToLowerInvariant() : "";
        return rest is "tw" or "hk" or "mo" or "hant" ? "zh-Hant" : rest is "cn" or "sg" or "hans" or "my" ? "zh-Hans" : "zh";
    }
}
