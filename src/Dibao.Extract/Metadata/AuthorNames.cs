using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Names out of bylines: no "By", no 记者, lists divided.</summary>
internal static class AuthorNames
{
    private const int MaxAuthors = 24;
    private const int MaxLength = 80;

    private static readonly string[] Before =
    [
        "written by ", "by ", "by: ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "text: ", "author: ", "autor: ", "story by ",
        "本报记者", "本台记者", "特约记者", "记者", "記者", "作者：", "作者:", "作者", "文/", "文／", "文：", "撰文：", "撰文", "责任编辑：", "责任编辑:", "责编：", "责编:",
        "编辑：", "编辑:", "撰稿：", "报道：", "特约撰稿人", "特约评论员", "实习生",
    ];

    private static readonly string[] After = ["报道", "報導", "撰", "记者", "記者", "氏"];

    private static readonly string[] Dividers = [" and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", ", ", "，", "、", ";", "；", " / ", "|", "\n", " with "];

    public static IReadOnlyList<string> Clean(IEnumerable<string> raw)
    {
        var names = new List<string>();
        foreach (var entry in raw)
        {
            foreach (var part in Split(entry))
            {
                var name = Bare(part);
                if (IsName(name) && !names.Contains(name, StringComparer.OrdinalIgnoreCase)) names.Add(name);
                if (names.Count >= MaxAuthors) return names;
            }
        }

        return names;
    }

    private static string[] Split(string text) =>
        text.Length > 400 ? [] : text.Split(Dividers, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Bare(string text)
    {
        var name = FoldedText.Of(text).Trim(' ', ':', '：', '(', ')', '（', '）', '【', '】', '[', ']', '-', '—', '/');
        var again = true;
        while (again)
        {
            again = false;
            foreach (var word in Before)
            {
                if (!name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || name.Length == word.Length) continue;
                name = name[word.Length..].TrimStart(' ', ':', '：', '/');
                again = true;
            }
        }

        foreach (var word in After)
            if (name.Length > word.Length + 1 && name.EndsWith(word, StringComparison.Ordinal)) name = name[..^word.Length].TrimEnd();
        return name;
    }

    private static bool IsName(string name) =>
        name.Length is > 1 and <= MaxLength && name.Any(char.IsLetter)
        && !name.Contains("http", StringComparison.OrdinalIgnoreCase) && !name.Contains('@', StringComparison.Ordinal)
        && name is not ("admin" or "null" or "undefined" or "None" or "N/A");
}
