using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Dibao.Extract;

namespace Dibao.Server.Commands;

/// <summary>Pages in, articles out, a line each and in order, on all cores.</summary>
/// <remarks>At most two lines a core are in memory at a time, each of at most <see cref="MaxLineBytes"/>.</remarks>
internal static class ExtractBatch
{
    /// <summary>A line that is longer is answered with an error.</summary>
    public const int MaxLineBytes = 64 << 20;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many lines were answered, and how many of them with an error.</summary>
    public readonly record struct Outcome(int Lines, int Failed);

    public static async Task<Outcome> RunAsync(Stream input, Stream output, CancellationToken cancel)
    {
        // The channel is the order and the bound: writing waits while it is full, reading waits for its oldest line.
        var answers = Channel.CreateBounded<Task<Answer>>(new BoundedChannelOptions(2 * Environment.ProcessorCount) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = ReadAsync(input, answers.Writer, stop.Token);
        try
        {
            var outcome = default(Outcome);
            await foreach (var answer in answers.Reader.ReadAllAsync(cancel))
            {
                var (bytes, failed) = await answer;
                await output.WriteAsync(bytes, cancel);
                if (answers.Reader.Count == 0) await output.FlushAsync(cancel);
                outcome = new(outcome.Lines + 1, outcome.Failed + (failed ? 1 : 0));
            }

            await reading;
            return outcome;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task ReadAsync(Stream input, ChannelWriter<Task<Answer>> answers, CancellationToken cancel)
    {
        var lines = new LineReader(input, MaxLineBytes);
        Exception? broken = null;
        try
        {
            var number = 0;
            while (await lines.NextAsync(cancel) is { } line)
            {
                number++;
                var at = number;
                if (line.Length > 0 && !IsBlank(line)) await answers.WriteAsync(Task.Run(() => Answer(line, at), cancel), cancel);
            }
        }
        catch (IOException unreadable)
        {
            broken = unreadable;
        }
        finally
        {
            answers.TryComplete(broken);
        }
    }

    private static bool IsBlank(byte[] line) => line.AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0;

    private static Answer Answer(byte[] line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Answer(json.RootElement, number);
        }
        catch (JsonException broken)
        {
            var reason = line.Length >= MaxLineBytes ? $"is longer than {MaxLineBytes >> 20} MiB" : $"is no JSON: {broken.Message}";
            return Failed(IdOf(line), null, number, reason);
        }
        catch (InvalidOperationException broken) // a string that is no UTF-16: "\ud800"
        {
            return Failed(IdOf(line), null, number, $"is no text: {broken.Message}");
        }
    }

    private static Answer Answer(JsonElement page, int number)
    {
        if (page.ValueKind != JsonValueKind.Object) return Failed(null, null, number, "is no object of the form {\"id\": …, \"url\": …, \"html\": …}");
        JsonElement? id = page.TryGetProperty("id", out var value) ? value : null;
        var url = page.TryGetProperty("url", out var address) && address.ValueKind == JsonValueKind.String ? address.GetString() : null;
        if (!page.TryGetProperty("html", out var html) || html.ValueKind != JsonValueKind.String) return Failed(id, url, number, "has no \"html\" that is a string");
        return new(Line(ArticleJson.Of(url, ArticleReader.Read(html.GetString()!, url), id)), Failed: false);
    }

    private static Answer Failed(JsonElement? id, string? url, int number, string reason) => new(Line(new { id, url, error = $"Line {number} {reason}" }), Failed: true);

    private static byte[] Line(object value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Json), (byte)'\n'];

    // What could be read of a broken line before it broke.
    private static JsonElement? IdOf(byte[] line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                if (reader.ValueTextEquals("id"u8) && reader.Read()) return JsonElement.ParseValue(ref reader);
            }
        }
        catch (JsonException)
        {
            return null; // It breaks before its id.
        }

        return null;
    }
}

/// <param name="Line">UTF-8 with its line end.</param>
internal readonly record struct Answer(byte[] Line, bool Failed);
