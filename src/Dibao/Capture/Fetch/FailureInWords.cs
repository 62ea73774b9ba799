using System.Net.Sockets;

namespace Dibao.Capture.Fetch;

/// <summary>Failures of a connection, for people.</summary>
internal static class FailureInWords
{
    public static (string Words, FailureCause Cause) Of(HttpRequestException failed, Uri uri)
    {
        if (failed.InnerException is AddressRefusedException refused) return (refused.Message, FailureCause.Address);
        if (failed.InnerException is ProxyException proxy) return ($"{uri.Host} was not asked: {proxy.Message}", FailureCause.Proxy);
        if ((failed.InnerException as SocketException ?? failed.InnerException?.InnerException as SocketException) is { } socket) return Of(socket.SocketErrorCode, uri);
        return failed.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Of(SocketError.HostNotFound, uri),
            HttpRequestError.ConnectionError => Of(SocketError.ConnectionRefused, uri),
            HttpRequestError.SecureConnectionError => ($"{uri.Host} offers no trustworthy TLS: {failed.InnerException?.Message ?? failed.Message}", FailureCause.Tls),
            HttpRequestError.ProxyTunnelError => ($"{uri.Host} was not asked: the proxy refuses to connect to it ({failed.Message})", FailureCause.Proxy),
            HttpRequestError.ResponseEnded => ($"{uri} closed the connection before it answered", FailureCause.Connection),
            HttpRequestError.ConfigurationLimitExceeded => ($"{uri} sent headers longer than 64 KiB", FailureCause.Protocol),
            _ => ($"{uri} does not answer in HTTP: {failed.InnerException?.Message ?? failed.Message}", FailureCause.Protocol),
        };
    }

    private static (string Words, FailureCause Cause) Of(SocketError error, Uri uri) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            ($"the name {uri.Host} does not resolve: check the spelling, and this machine's name server", FailureCause.Name),
        SocketError.ConnectionRefused => ($"nothing answers at {uri.Host} port {uri.Port}", FailureCause.Connection),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => ($"{uri.Host} cannot be reached from this machine's network", FailureCause.Connection),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => ($"{uri} closed the connection before it answered", FailureCause.Connection),
        SocketError.TimedOut => ($"{uri.Host} does not answer at port {uri.Port}", FailureCause.Timeout),
        _ => ($"the connection to {uri.Host} failed ({error})", FailureCause.Connection),
    };
}
