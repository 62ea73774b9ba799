using System.Collections.Frozen;
using System.Reflection;

namespace Dibao.Server.Read;

/// <summary>The style sheet, the script and the seal, inside the executable. Their addresses hold their digest, so they may be cached for ever.</summary>
public static class Assets
{
    private static readonly FrozenDictionary<string, Asset> ByPath = Load().ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);

    public static string StyleSheet { get; } = PathOf("reader.css");

    public static string Script { get; } = PathOf("reader.js");

    public static string Seal { get; } = PathOf("seal.svg");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{file}", (string file, HttpResponse response) =>
    {
        if (!ByPath.TryGetValue($"/assets/{file}", out var asset)) return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Bytes, asset.ContentType);
    }).ExcludeFromDescription();

    private static string PathOf(string name) => ByPath.Values.Single(asset => asset.Name == name).Path;

    private static IEnumerable<Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var (name, type) in new[]
        {
            ("reader.css", "text/css; charset=utf-8"), ("reader.js", "text/javascript; charset=utf-8"), ("seal.svg", "image/svg+xml"),
        })
        {
            using var stream = assembly.GetManifestResourceStream($"Dibao.Server.Read.Assets.{name}")
                ?? throw new InvalidOperationException($"{name} is missing from the executable.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var dot = name.LastIndexOf('.');
            yield return new(name, $"/assets/{name[..dot]}.{Digest.Of(bytes).ToHex()[..12]}{name[dot..]}", type, bytes);
        }
    }

    private sealed record Asset(string Name, string Path, string ContentType, byte[] Bytes);
}
