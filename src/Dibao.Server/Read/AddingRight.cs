using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Dibao.Server.Read;

/// <summary>Who may add sources: whoever knows the token, or, where none is set, whoever sits at this machine.</summary>
public sealed class AddingRight(ReaderOptions options)
{
    // Compared are digests: neither the length nor the first differing character shows in the time it takes.
    private readonly byte[]? expected = options.AddToken is { Length: > 0 } token ? Hash(token) : null;

    public bool NeedsToken => expected is not null;

    public bool Allows(HttpRequest request, string? token) => expected is null
        ? IsLoopback(request.Host.Host)
        : CryptographicOperations.FixedTimeEquals(Hash(token ?? ""), expected);

    // A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding) and so talk to us as its own origin: the name it asked for tells.
    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
