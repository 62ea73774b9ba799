using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>The signature in <c>datapackage-digest.json</c>, by a key that names nobody.</summary>
/// <remarks>Source: WACZ Signing and Verification 0.1.0, anonymous signatures: ECDSA P-384 with SHA-256 over the ASCII text
/// <c>sha256:&lt;hex&gt;</c>; the signature as r‖s (IEEE P1363), the key as SubjectPublicKeyInfo, both in base64.</remarks>
internal static class WaczSigning
{
    private const string Curve = "1.3.132.0.34";

    /// <exception cref="ArgumentException">The key is on another curve than P-384.</exception>
    public static void RequireP384(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is { } oid ? oid != Curve : key.KeySize != 384)
        {
            throw new ArgumentException("The key that signs packages is on another curve than P-384. Make one with: openssl ecparam -name secp384r1 -genkey -noout", nameof(key));
        }
    }

    public static byte[] Write(WaczDescription description, string packageHash, ECDsa? key)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, WaczJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("path", "datapackage.json");
            json.WriteString("hash", packageHash);
            if (key is not null) WriteSigned(json, description, packageHash, key);
            json.WriteEndObject();
        }
        return output.ToArray();
    }

    private static void WriteSigned(Utf8JsonWriter json, WaczDescription description, string packageHash, ECDsa key)
    {
        json.WriteStartObject("signedData");
        json.WriteString("hash", packageHash);
        json.WriteString("created", description.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("software", description.Software);
        json.WriteString("signature", Convert.ToBase64String(key.SignData(Encoding.ASCII.GetBytes(packageHash), HashAlgorithmName.SHA256)));
        json.WriteString("publicKey", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        json.WriteEndObject();
    }

    /// <returns>Null when the signature is good; otherwise what is wrong.</returns>
    public static string? Fault(string packageHash, string publicKey, string signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            RequireP384(key);
            return key.VerifyData(Encoding.ASCII.GetBytes(packageHash), Convert.FromBase64String(signature), HashAlgorithmName.SHA256)
                ? null
                : "its signature does not fit its key";
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException or ArgumentException)
        {
            return "its signature or key cannot be read";
        }
    }
}
