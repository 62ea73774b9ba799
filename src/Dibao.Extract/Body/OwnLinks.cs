namespace Dibao.Extract.Body;

/// <summary>Links that lead to another page of the same host.</summary>
internal static class OwnLinks
{
    /// <param name="host">The page's own; null when it is not known.</param>
    public static bool LeadsTo(string? address, string? host)
    {
        if (address is null or "" or ['#', ..]) return false;
        if (address is ['/', '/', ..]) address = "https:" + address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.IsFile) return address is not "/";
        return string.Equals(uri.Host, host, StringComparison.OrdinalIgnoreCase) && uri.AbsolutePath.Length > 1;
    }
}
