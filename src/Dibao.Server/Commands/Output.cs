using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dibao.Server.Commands;

/// <summary>What a command says: results on standard output, everything about them on standard error. Thread-safe.</summary>
internal sealed class Output : IDisposable
{
    /// <summary>How results are written as JSON.</summary>
    public static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        // Not for a page: 中 stays 中.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private readonly TextWriter results = Open(Console.OpenStandardOutput());
    private readonly TextWriter notes = Open(Console.OpenStandardError());

    /// <summary>Results are JSON, one object a line.</summary>
    public bool Json { get; init; }

    /// <summary>Only results and errors.</summary>
    public bool Quiet { get; init; }

    /// <summary>Progress may draw over itself.</summary>
    public bool Draws => !Json && !Quiet && !Console.IsErrorRedirected;

    public void Line(string text) => results.WriteLine(Visible(text));

    /// <summary>A result of several lines, whose line breaks stay.</summary>
    public void Text(string text)
    {
        foreach (var line in text.Split('\n')) Line(line.TrimEnd('\r'));
    }

    public void Object(object value) => results.WriteLine(JsonSerializer.Serialize(value, Readable));

    /// <summary>What helps and may be left out.</summary>
    public void Note(string text)
    {
        if (!Quiet) notes.WriteLine(Visible(text));
    }

    public void Error(string text)
    {
        foreach (var line in text.Split('\n')) notes.WriteLine(Visible(line.TrimEnd('\r')));
    }

    public void Dispose()
    {
        results.Dispose();
        notes.Dispose();
    }

    // A title may hold escape sequences, which a terminal obeys, and marks that turn the line around (Unicode TR 36).
    internal static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(Acts)) return text;
        return string.Create(text.Length, text, static (shown, from) =>
        {
            for (var i = 0; i < from.Length; i++) shown[i] = from[i] == '\t' || !Acts(from[i]) ? from[i] : '\ufffd';
        });
    }

    private static bool Acts(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';

    private static TextWriter Open(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true });
}
