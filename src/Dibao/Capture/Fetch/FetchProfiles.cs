using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dibao.Capture.Fetch;

/// <summary>
/// The profiles of the sources that have one, by the source's address. They lie in a file of their own, readable by its owner alone:
/// not in segments, which are published, and not in the catalogue, which is thrown away. Thread-safe.
/// </summary>
public sealed class FetchProfiles
{
    /// <summary>Of the file, in the archive's folder.</summary>
    public const string FileName = "fetch-profiles.json";

    private readonly Lock writing = new();
    private readonly string? path;
    private volatile ImmutableDictionary<string, FetchProfile> profiles;

    private FetchProfiles(string? path, ImmutableDictionary<string, FetchProfile> profiles) => (this.path, this.profiles) = (path, profiles);

    /// <summary>The source that announced a page, for pages that are asked for on nobody's behalf.</summary>
    public Func<string, string?>? AnnouncedBy { get; set; }

    /// <summary>Kept nowhere.</summary>
    public static FetchProfiles InMemory() => new(null, ImmutableDictionary<string, FetchProfile>.Empty);

    /// <exception cref="InvalidDataException">The file is there and cannot be read; its words are not repeated.</exception>
    public static FetchProfiles Load(string path)
    {
        if (!File.Exists(path)) return new(path, ImmutableDictionary<string, FetchProfile>.Empty);
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), ProfileJson.Default.DictionaryStringFetchProfile) ?? [];
            return new(path, read.ToImmutableDictionary(StringComparer.Ordinal));
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is damaged at line {broken.LineNumber + 1}: correct it, or delete it and set the sources' headers, cookies and proxies again.", broken);
        }
    }

    /// <summary>The profile of a source; <see cref="FetchProfile.Standard"/> for one that has none.</summary>
    public FetchProfile Of(string source) => profiles.GetValueOrDefault(source, FetchProfile.Standard);

    /// <summary>The profile that a request goes by, with the source whose it is.</summary>
    internal (FetchProfile Profile, string? Source) For(FetchRequest request)
    {
        if (profiles.IsEmpty) return (FetchProfile.Standard, null);
        // A feed that has a profile before it is watched is looked for by it already.
        var page = request.PartOf ?? request.Url;
        var source = request.Source ?? (profiles.ContainsKey(page) ? page : AnnouncedBy?.Invoke(page));
        return source is null ? (FetchProfile.Standard, null) : (Of(source), source);
    }

    /// <summary>From now on; <see cref="FetchProfile.Standard"/> forgets.</summary>
    /// <exception cref="ArgumentException">With all <see cref="FetchProfile.Problems"/>.</exception>
    /// <exception cref="IOException">The file cannot be written: nothing changed.</exception>
    public void Set(string source, FetchProfile profile)
    {
        if (profile.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join('\n', problems), nameof(profile));
        lock (writing) Write(profile.IsStandard ? profiles.Remove(source) : profiles.SetItem(source, profile));
    }

    /// <summary>A source has another address from now on.</summary>
    public void Move(string from, string to)
    {
        lock (writing)
        {
            if (profiles.TryGetValue(from, out var profile)) Write(profiles.Remove(from).SetItem(to, profile));
        }
    }

    // Written beside and renamed, so that a crash leaves the one or the other; nobody else may read it at any moment of that.
    private void Write(ImmutableDictionary<string, FetchProfile> changed)
    {
        if (path is not null)
        {
            var temporary = path + ".tmp";
            File.Delete(temporary);
            using (var file = new FileStream(temporary, Private()))
            {
                JsonSerializer.Serialize(file, new(changed, StringComparer.Ordinal), ProfileJson.Default.DictionaryStringFetchProfile);
            }
            File.Move(temporary, path, overwrite: true);
        }
        profiles = changed;
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, FetchProfile>))]
internal sealed partial class ProfileJson : JsonSerializerContext;
