namespace Dibao.Extract.Markup;

/// <summary>Names to numbers and back. A page's names are looked up some thousand times: short ones are found by the bits of their letters.</summary>
internal sealed class TagNames
{
    private const int MaxPacked = 8;
    private const int MaxKnown = 14;
    private const int Slots = 1024;
    private const int MaxOwnKept = 1000;

    private static readonly string[] Known = KnownNames();
    private static readonly Dictionary<string, Tag> Long = Known.Select((name, at) => (name, (Tag)at)).Where(known => known.name.Length > MaxPacked).ToDictionary(known => known.name, known => known.Item2, StringComparer.Ordinal);
    private static readonly (ulong Key, Tag Tag)[] Packed = PackedNames();

    // Names that no rule knows are numbered page by page.
    private readonly Dictionary<string, Tag> _own = new(StringComparer.Ordinal);
    private readonly List<string> _ownNames = [];

    public static string Of(Tag known) => Known[(int)known];

    public string this[Tag tag] => tag < Tag.Other ? Known[(int)tag] : _ownNames[tag - Tag.Other];

    /// <summary>The number of a name in any case; a new one for a new name.</summary>
    public Tag Intern(ReadOnlySpan<char> name) => Find(name, add: true);

    /// <summary><see cref="Tag.None"/> for a name that no element of the page has had.</summary>
    public Tag Find(ReadOnlySpan<char> name) => Find(name, add: false);

    /// <summary>Forgets the page's own names; keeps them where they are few, for the next page of their site.</summary>
    public void Reset()
    {
        if (_ownNames.Count <= MaxOwnKept) return;
        _own.Clear();
        _ownNames.Clear();
    }

    private Tag Find(ReadOnlySpan<char> name, bool add)
    {
        if (name.Length <= MaxPacked && TryPack(name, out var key))
        {
            for (var slot = SlotOf(key); Packed[slot].Key != 0; slot = (slot + 1) % Slots)
                if (Packed[slot].Key == key) return Packed[slot].Tag;
        }

        Span<char> room = stackalloc char[64];
        var lower = name.Length <= room.Length ? room[..name.Length] : new char[name.Length];
        for (var i = 0; i < name.Length; i++) lower[i] = name[i] == '\0' ? '\ufffd' : char.IsAsciiLetterUpper(name[i]) ? (char)(name[i] | 0x20) : name[i];
        if (name.Length is > MaxPacked and <= MaxKnown && Long.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower, out var known)) return known;
        return FindOwn(lower, add);
    }

    private Tag FindOwn(ReadOnlySpan<char> lower, bool add)
    {
        var own = _own.GetAlternateLookup<ReadOnlySpan<char>>();
        if (own.TryGetValue(lower, out var tag)) return tag;
        if (!add) return Tag.None;
        tag = Tag.Other + _ownNames.Count;
        _ownNames.Add(lower.ToString());
        _own[_ownNames[^1]] = tag;
        return tag;
    }

    // Letters lose their case, digits nothing; whatever else is no known name of eight letters or fewer.
    private static bool TryPack(ReadOnlySpan<char> name, out ulong key)
    {
        key = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
            key = (key << 8) | (uint)(c | 0x20);
        }

        return true;
    }

    private static int SlotOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 54);

    private static string[] KnownNames()
    {
        var names = Enum.GetNames<Tag>()[..(int)Tag.Other];
        for (var i = 0; i < names.Length; i++) names[i] = string.Intern(names[i].ToLowerInvariant());
        names[(int)Tag.None] = "";
        names[(int)Tag.AnnotationXml] = "annotation-xml";
        return names;
    }

    private static (ulong Key, Tag Tag)[] PackedNames()
    {
        var slots = new (ulong Key, Tag Tag)[Slots];
        for (var i = 1; i < Known.Length; i++)
        {
            if (Known[i].Length > MaxPacked || !TryPack(Known[i], out var key)) continue;
            var slot = SlotOf(key);
            while (slots[slot].Key != 0) slot = (slot + 1) % Slots;
            slots[slot] = (key, (Tag)i);
        }

        return slots;
    }
}
