using System.Buffers;
using System.Text;
using System.Text.Json;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>A JSON Feed, its items one by one as they come.</summary>
internal sealed class JsonFeedSession(TextWindow window, FeedOptions options) : FeedSession
{
    private enum Place
    {
        Start,
        Members,
        Items,
        Over,
    }

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code)]);

    private readonly Encoder encoder = Encoding.UTF8.GetEncoder();
    private readonly StringBuilder head = new("{");
    private readonly JsonFeed feed = new(options);
    private JsonReaderState state = new(new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = options.Limits.MaxDepth,
    });

    private byte[] bytes = [];
    private int start;
    private int end;
    private Place place;
    private bool hasItems;
    private bool isBroken;
    private bool tooDeep;
    private bool tooMany;
    private bool tooLarge;
    private int entries;

    public override FeedStep Next(out FeedEntry? entry)
    {
        entry = null;
        Fill();
        try
        {
            while (place != Place.Over)
            {
                var isEnough = place == Place.Items ? TryItem(out entry) : TryMember();
                if (entry is not null)
                    return FeedStep.Entry;
                if (!isEnough && !Outgrown())
                    return FeedStep.More;
            }
        }
        catch (JsonException)
        {
            tooDeep = IsTooDeep(bytes.AsSpan(start, end - start));
            isBroken = !tooDeep;
            place = Place.Over;
        }

        return FeedStep.End;
    }

    // The parser says of too deep what it says of broken.
    private bool IsTooDeep(ReadOnlySpan<byte> rest)
    {
        var depth = place == Place.Items ? 2 : 1;
        var isQuoted = false;
        for (var at = 0; at < rest.Length && depth <= options.Limits.MaxDepth; at++)
            switch (rest[at])
            {
                case (byte)'"': isQuoted = !isQuoted; break;
                case (byte)'\\' when isQuoted: at++; break;
                case (byte)'[' or (byte)'{' when !isQuoted: depth++; break;
                case (byte)']' or (byte)'}' when !isQuoted: depth--; break;
            }

        return depth > options.Limits.MaxDepth;
    }

    private bool Outgrown()
    {
        tooLarge = end - start > options.Limits.MaxEntryLength;
        if (tooLarge)
            place = Place.Over;
        return tooLarge;
    }

    // Control characters are white space between values and forbidden inside strings: a space serves for both.
    private void Fill()
    {
        var text = window.Text[window.Position..];
        if (text.IsEmpty)
            return;
        MakeRoom(encoder.GetByteCount(text, window.IsFinal));
        var fresh = bytes.AsSpan(end, encoder.GetBytes(text, bytes.AsSpan(end), window.IsFinal));
        end += fresh.Length;
        for (var at = fresh.IndexOfAny(Controls); at >= 0; at = fresh.IndexOfAny(Controls))
        {
            fresh[at] = (byte)' ';
            fresh = fresh[(at + 1)..];
        }

        window.Release(window.Length);
        window.Position = 0;
    }

    private void MakeRoom(int count)
    {
        var kept = bytes.AsSpan(start, end - start);
        var needed = kept.Length + count;
        var room = needed <= bytes.Length ? bytes : ArrayPool<byte>.Shared.Rent(Math.Max(needed, bytes.Length * 2));
        kept.CopyTo(room);
        (end, start) = (kept.Length, 0);
        if (room == bytes)
            return;
        Dispose();
        bytes = room;
    }

    private Utf8JsonReader Reader() => new(bytes.AsSpan(start, end - start), window.IsFinal, state);

    private void Consume(ref Utf8JsonReader reader)
    {
        start += (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    /// <returns>False when more bytes are needed.</returns>
    private bool TryMember()
    {
        var reader = Reader();
        if (!reader.Read())
            return IsOver();
        if (reader.TokenType == JsonTokenType.PropertyName)
            return TryValue(ref reader);
        place = place == Place.Start && reader.TokenType == JsonTokenType.StartObject ? Place.Members : Place.Over;
        Consume(ref reader);
        return true;
    }

    private bool TryValue(ref Utf8JsonReader reader)
    {
        var name = reader.GetString() ?? "";
        if (name == "items")
        {
            if (!reader.Read())
                return IsOver();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                (place, hasItems) = (Place.Items, true);
                Consume(ref reader);
                return true;
            }

            if (!reader.TrySkip())
                return IsOver();
            Consume(ref reader);
            return true;
        }

        if (!JsonDocument.TryParseValue(ref reader, out var value))
            return IsOver();
        using (value)
        {
            if (head.Length < options.Limits.MaxEntryLength)
                head.Append(head.Length > 1 ? "," : "").Append(JsonSerializer.Serialize(name)).Append(':').Append(value.RootElement.GetRawText());
            if (name == "home_page_url")
                feed.SetHome(JsonText.Of(value.RootElement));
        }

        Consume(ref reader);
        return true;
    }

    private bool TryItem(out FeedEntry? entry)
    {
        entry = null;
        var reader = Reader();
        if (!reader.Read())
            return IsOver();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            place = Place.Members;
            Consume(ref reader);
            return true;
        }

        if (!JsonDocument.TryParseValue(ref reader, out var item))
            return IsOver();
        using (item)
            if (item.RootElement.ValueKind == JsonValueKind.Object && !(tooMany = ++entries > options.Limits.MaxEntries))
                entry = feed.ReadEntry(item.RootElement);
        Consume(ref reader);
        if (tooMany)
            place = Place.Over;
        return true;
    }

    private bool IsOver()
    {
        if (!window.IsFinal)
            return false;
        isBroken = place != Place.Over;
        place = Place.Over;
        return true;
    }

    public override void Dispose()
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    public override FeedReading Finish()
    {
        if (tooDeep && entries == 0)
            return Refusals.TooDeep(options.Limits);
        using var document = JsonDocument.Parse(head.Append('}').ToString(), JsonFeed.Leniently);
        if (!JsonFeed.IsFeed(document.RootElement, hasItems) || isBroken && entries == 0)
            return Refusals.UnknownJson();
        return new FeedReading.Found(feed.ReadHead(document.RootElement) with { Warnings = [.. Warnings()] });
    }

    private IEnumerable<string> Warnings()
    {
        if (isBroken)
            yield return "The JSON is cut off or broken; the entries before that were read.";
        if (tooDeep)
            yield return $"Values are nested deeper than {options.Limits.MaxDepth}; reading stopped there.";
        if (tooLarge)
            yield return $"An entry is larger than allowed ({options.Limits.MaxEntryLength} bytes); reading stopped there.";
        if (tooMany)
            yield return $"The feed is longer than allowed ({options.Limits.MaxEntries} entries); reading stopped there.";
    }
}
