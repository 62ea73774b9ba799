using System.Net;
using System.Net.Sockets;

namespace Dibao.Server.Tests.Commands;

/// <summary>A port for a server that cannot choose its own, because its address is written down before it starts.</summary>
internal static class LoopbackPort
{
    // Below the ports that the kernel gives to whoever connects: one of those may be somebody's by the time the server starts.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse) { }
        }
    }
}
