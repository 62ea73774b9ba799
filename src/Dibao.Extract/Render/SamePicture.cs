using System.Buffers;

namespace Dibao.Extract.Render;

/// <summary>Whether two addresses are of one picture: image servers give it in many sizes, and put the size into the query, a folder or the file's name.</summary>
internal static class SamePicture
{
    // Shorter names stand for many, image and original, unless they are numbered.
    private const int LeastName = 9;
    private const int LeastDigits = 4;

    // Of a checksum in hexadecimal digits; with 24 services number their customers.
    private const int LeastSum = 32;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"];

    public static bool Is(string one, string other)
    {
        if (one == other) return true;
        var first = SafeUrl.WithoutQuery(one);
        var second = SafeUrl.WithoutQuery(other);
        var name = NameOf(first);
        if (name.SequenceEqual(NameOf(second)) && (IsTelling(name) || (name.Length > 0 && FolderOf(first).SequenceEqual(FolderOf(second))))) return true;
        return SumOf(first) is { Length: > 0 } sum && second.Contains(sum, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsTelling(ReadOnlySpan<char> name)
    {
        var digits = 0;
        foreach (var c in name)
            if (char.IsAsciiDigit(c)) digits++;
        return !IsSize(name) && (name.Length >= LeastName || digits >= LeastDigits);
    }

    private static ReadOnlySpan<char> FolderOf(ReadOnlySpan<char> path) => path[..(path.LastIndexOf('/') + 1)];

    // photo-1024x686.jpg.webp: without endings, and the sizes before them.
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        while (name.LastIndexOfAny('.', '-', '_') is > 0 and var at && (IsEnding(name[at..]) || IsSize(name[(at + 1)..]))) name = name[..at];
        return name;
    }

    private static bool IsEnding(ReadOnlySpan<char> text)
    {
        foreach (var ending in Endings)
            if (text.Equals(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // 1024x686, w250, 800w, scaled; a number alone may tell one picture from the next.
    private static bool IsSize(ReadOnlySpan<char> text)
    {
        if (text is "scaled") return true;
        var mark = text.IndexOfAny('x', 'w', 'h');
        return mark >= 0 && text.Length > 2 && !text[..mark].ContainsAnyExceptInRange('0', '9') && !text[(mark + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    // A checksum or a UUID that stands alone in the path.
    private static ReadOnlySpan<char> SumOf(ReadOnlySpan<char> path)
    {
        foreach (var range in path.SplitAny('/', '.', '_', '=', '@'))
        {
            var part = path[range];
            if (part.Length >= LeastSum && (Guid.TryParseExact(part, "D", out _) || !part.ContainsAnyExcept(Hexadecimal))) return part;
        }

        return [];
    }
}
