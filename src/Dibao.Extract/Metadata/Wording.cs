using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>A text with its letters and digits, by which it is held against others.</summary>
internal readonly record struct Wording(string Text, string Print)
{
    public static Wording Of(string text) => new(text, MarkupText.Fingerprint(text));

    /// <summary>Whether both say the same, whatever their case and punctuation.</summary>
    public bool Says(Wording other) => Print.Length > 0 && Print == other.Print;
}
