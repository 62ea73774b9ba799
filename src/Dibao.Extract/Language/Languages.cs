namespace Dibao.Extract.Language;

/// <summary>The language of an article: by its text before what its page claims.</summary>
internal static class Languages
{
    private const int EnoughText = 12;

    // Written so alike that a text tells the group, and the page's claim which of it.
    private static readonly string[][] Alike =
    [
        ["da", "nb", "nn", "no"], ["id", "ms"], ["hr", "bs", "sr", "sh"], ["cs", "sk"], ["es", "gl", "ca", "ast", "pt"], ["ru", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "uk", "tt", "uz", "ba", "sah", "tyv", "cv", "ce", "os"],
        ["hi", "mr", "ne", "sa", "bho", "mai"], ["ar", "fa", "ur", "ps", "ckb", "sd", "ug"], ["bn", "as"], ["am", "ti"], ["he", "yi"], ["tr", "az"], ["nl", "af"], ["fi", "et"], ["zu", "xh", "nr", "ss"], ["my", "shn", "mnw", "ksw"],
    ];

    // Each writes letters that the others of its script do not: a text that is long enough tells, whatever its page claims.
    private static readonly HashSet<string> ToldByLetters = ["ru", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "uk", "tt", "uz", "ba", "ar", "fa", "ur", "ps", "ckb", "sd", "ug"];
    private const int LongEnough = 200;

    /// <summary>A script or a close relative that the text leaves open is taken from the page or the hint.</summary>
    public static Found<string>? Choose(string text, string? title, string? declared, string? hint)
    {
        var sample = text.Length >= EnoughText ? text : title + "\n" + text;
        var (stated, source) = Normal(declared) is { } tag ? (tag, FoundIn.Markup) : (Normal(hint), FoundIn.Hint);
        var read = LanguageOfText.Detect(sample);
        if (read is null) return stated is null ? null : new Found<string>(stated, source, 0.6);
        if (stated is null || stated == read) return new Found<string>(read, FoundIn.Text, stated == read ? 0.99 : 0.9);
        if (read == "zh" && stated.StartsWith("zh", StringComparison.Ordinal)) return new Found<string>(stated, source, 0.8);
        return IsLeftOpen(sample, read, stated) ? new Found<string>(stated, source, 0.85) : new Found<string>(read, FoundIn.Text, 0.85);
    }

    private static bool IsLeftOpen(string text, string read, string stated)
    {
        if (text.Length >= LongEnough && ToldByLetters.Contains(read) && ToldByLetters.Contains(stated)) return false;
        return Array.Exists(Alike, group => group.Contains(read) && group.Contains(stated));
    }

    // zh_CN, zh-cn, ZH-TW: by script; others as language alone.
    private static string? Normal(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag) || tag.Length > 35) return null;
        var parts = tag.Trim().Split('-', '_', '.', ',');
        var language = parts[0].ToLowerInvariant();
        if (language.Length is < 2 or > 3 || !language.All(char.IsAsciiLetterLower)) return null;
        if (language != "zh") return language is "iw" ? "he" : language is "in" ? "id" : language;
        var rest = parts.Length > 1 ? parts[1].ToLowerInvariant() : "";
        return rest is "tw" or "hk" or "mo" or "hant" ? "zh-Hant" : rest is "cn" or "sg" or "hans" or "my" ? "zh-Hans" : "zh";
    }
}
