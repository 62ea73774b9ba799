using System.Text.Unicode;

namespace Dibao.Keep;

/// <summary>One wording as it was read from a capture, before the catalogue knows whether it is new.</summary>
public sealed class VersionDraft
{
    private Digest? wording;
    private byte[]? packedBody;

    public required VersionOrigin Origin { get; init; }
    public required string Title { get; init; }
    public string? Standfirst { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Modified { get; init; }
    public string? Language { get; init; }
    public string? LeadImage { get; init; }
    public string? LeadCaption { get; init; }
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>As <see cref="ArticleBody.Html"/>.</summary>
    public required string Html { get; init; }

    /// <summary>As <see cref="ArticleBody.Text"/>.</summary>
    public required string Text { get; init; }

    /// <summary>As <see cref="ArticleVersion.Lead"/>.</summary>
    public string Lead => LeadOf(Text);

    /// <summary>Two wordings are the same when this is.</summary>
    public Digest Wording => wording ??= Digest.OfText(string.Join('\u001f', Title, Standfirst, Text));

    /// <summary>As the catalogue holds text and HTML.</summary>
    internal byte[] PackedBody => packedBody ??= Keep.PackedBody.Pack(Text, Html);

    /// <summary>Makes what the writer will ask for, where the work is done side by side.</summary>
    internal void Ready() => _ = (Wording, PackedBody);

    /// <summary>As much of the beginning of a text as a lead has: no character is cut.</summary>
    internal static string LeadOf(string text)
    {
        var most = text.AsSpan(0, Math.Min(text.Length, ArticleVersion.MaxLead));
        Utf8.FromUtf16(most, stackalloc byte[ArticleVersion.MaxLeadBytes], out var read, out _, isFinalBlock: most.Length == text.Length);
        return text[..read];
    }
}
