using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>
/// Believes nothing of a package: 1. names and sizes, before anything is unpacked; 2. the description; 3. each file's digest;
/// 4. the description's own digest and the signature over it. The first two end the check when they fail.
/// </summary>
internal sealed class WaczCheck(string name, ZipArchive zip, long fileLength, WaczLimits limits)
{
    private const string Package = "datapackage.json";
    private const string PackageDigest = "datapackage-digest.json";
    private const string Refetch = "Fetch the package again, or ask whoever made it";

    private readonly List<WarcFault> faults = [];
    private string? signer;

    public WaczReading Run(CancellationToken cancel)
    {
        CheckEntries();
        if (faults.Count > 0 || Description() is not { } description) return new(faults, [], null);
        using (description)
        {
            var listed = Resources(description.RootElement);
            if (listed is not null) CheckResources(listed, cancel);
        }
        CheckDigest();
        var warcs = zip.Entries.Select(entry => entry.FullName).Where(IsWarc).Order(StringComparer.Ordinal).ToList();
        if (warcs.Count == 0) Fault("there is no WARC file under archive/");
        return new(faults, warcs, signer);
    }

    private static bool IsWarc(string path) => path.StartsWith("archive/", StringComparison.Ordinal)
        && (path.EndsWith(".warc.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".warc", StringComparison.OrdinalIgnoreCase));

    private void CheckEntries()
    {
        if (zip.Entries.Count > limits.MaxEntries) { Fault($"it has {zip.Entries.Count} files, more than {limits.MaxEntries}"); return; }
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (packed, unpacked) = (0L, 0L);
        foreach (var entry in zip.Entries)
        {
            if (!IsSafe(entry.FullName)) Fault($"the name {Shown(entry.FullName)} leads out of the package");
            if (!names.Add(entry.FullName)) Fault($"{Shown(entry.FullName)} is there twice");
            packed += entry.CompressedLength;
            unpacked += entry.Length;
        }
        // Entries that share their bytes are how a small file claims to be a large one.
        if (packed > fileLength) Fault("its files take more bytes than it has: they overlap");
        if (unpacked > limits.MaxExpansion * fileLength) Fault($"it would unpack to {unpacked} bytes, more than {limits.MaxExpansion} times its size");
    }

    private static bool IsSafe(string path) => path.Length is > 0 and < 1024
        && path[0] != '/'
        && !path.AsSpan().ContainsAny('\\', ':', '\0')
        && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not (".." or "."));

    private JsonDocument? Description()
    {
        if (Read(Package) is not { } bytes) return null;
        if (Json(Package, bytes) is not { } json) return null;
        var root = json.RootElement;
        if (Text(root, "profile") is not "data-package") { Fault($"{Package} is of another profile than data-package"); json.Dispose(); return null; }
        if (Text(root, "wacz_version") is not { } version || !version.StartsWith("1.", StringComparison.Ordinal)) Fault($"{Package} has no wacz_version that begins with 1.");
        return json;
    }

    private Dictionary<string, WaczResource>? Resources(JsonElement root)
    {
        if (!root.TryGetProperty("resources", out var list) || list.ValueKind != JsonValueKind.Array) { Fault($"{Package} has no list of resources"); return null; }
        var resources = new Dictionary<string, WaczResource>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || Text(item, "path") is not { } path || Text(item, "hash") is not { } hash
                || !item.TryGetProperty("bytes", out var bytes) || bytes.ValueKind != JsonValueKind.Number || !bytes.TryGetInt64(out var length))
            {
                Fault($"a resource of {Package} has no path, hash or bytes");
            }
            else if (!resources.TryAdd(path, new(path, hash, length))) Fault($"{Package} lists {Shown(path)} twice");
        }
        return resources;
    }

    private void CheckResources(Dictionary<string, WaczResource> listed, CancellationToken cancel)
    {
        foreach (var resource in listed.Values)
        {
            cancel.ThrowIfCancellationRequested();
            if (zip.GetEntry(resource.Path) is not { } entry) { Fault($"{Shown(resource.Path)} is listed and not there"); continue; }
            if (entry.Length != resource.Bytes) Fault($"{Shown(resource.Path)} has {entry.Length} bytes, and {Package} says {resource.Bytes}");
            if (!resource.Hash.StartsWith("sha256:", StringComparison.Ordinal)) Fault($"the digest of {Shown(resource.Path)} is no sha256");
            else if (HashOf(entry, cancel) is { } hash && !hash.Equals(resource.Hash, StringComparison.OrdinalIgnoreCase)) Fault($"{Shown(resource.Path)} is not the file that {Package} lists: its digest is another");
        }
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName is not (Package or PackageDigest) && !listed.ContainsKey(entry.FullName)))
        {
            Fault($"{Shown(entry.FullName)} is not listed in {Package}");
        }
    }

    private string? HashOf(ZipArchiveEntry entry, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using var content = entry.Open();
            var buffer = new byte[128 << 10];
            var left = entry.Length;
            for (int read; (read = content.Read(buffer)) > 0; left -= read)
            {
                cancel.ThrowIfCancellationRequested();
                if (read > left) { Fault($"{Shown(entry.FullName)} unpacks to more than the {entry.Length} bytes it claims"); return null; }
                hash.AppendData(buffer, 0, read);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            Fault($"{Shown(entry.FullName)} cannot be unpacked");
            return null;
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void CheckDigest()
    {
        // WACZ 1.1.1 §5.4: it may be left out, and then nothing vouches for the description.
        if (zip.GetEntry(PackageDigest) is null || Read(PackageDigest) is not { } bytes || Read(Package) is not { } package) return;
        using var json = Json(PackageDigest, bytes);
        if (json is null) return;
        var hash = WarcDigest.Of(package);
        if (Text(json.RootElement, "hash") != hash) Fault($"{Package} is not the one that {PackageDigest} was made of");
        if (!json.RootElement.TryGetProperty("signedData", out var signed)) return;
        if (signed.ValueKind != JsonValueKind.Object || Text(signed, "hash") != hash) { Fault("what was signed is another description"); return; }
        // By a domain's certificate: who owned the domain then is nothing that can be told offline.
        if (Text(signed, "domainCert") is not null) return;
        if (Text(signed, "publicKey") is not { } key || Text(signed, "signature") is not { } signature) { Fault("its signature or key is missing"); return; }
        if (WaczSigning.Fault(hash, key, signature) is { } fault) Fault(fault);
        else signer = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(key)));
    }

    private byte[]? Read(string path)
    {
        if (zip.GetEntry(path) is not { } entry) { Fault($"{path} is missing"); return null; }
        if (entry.Length > limits.MaxDescriptionBytes) { Fault($"{path} has {entry.Length} bytes, more than {limits.MaxDescriptionBytes}"); return null; }
        try
        {
            using var content = entry.Open();
            var bytes = new byte[entry.Length + 1];
            var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read == entry.Length) return bytes[..read];
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            // Said below, in the words of whoever has to put it right.
        }
        Fault($"{path} cannot be unpacked");
        return null;
    }

    private JsonDocument? Json(string path, byte[] bytes)
    {
        try
        {
            var json = JsonDocument.Parse(bytes, new() { MaxDepth = 32 });
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
        }
        catch (JsonException)
        {
            // Said below.
        }
        Fault($"{path} is no JSON object");
        return null;
    }

    private static string? Text(JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try { return value.GetString(); }
        catch (InvalidOperationException) { return null; } // half a character
    }

    private void Fault(string what) => faults.Add(new(name, 0, what, Refetch));

    private static string Shown(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
