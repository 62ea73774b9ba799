using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dibao.Tests.Prove;

/// <summary>An OpenTimestamps calendar that answers in the real format, written by hand from its description.</summary>
internal sealed class Calendar : IAsyncDisposable
{
    private static readonly byte[] Salt = [1, 2, 3, 4];
    private WebApplication app = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>The block that it all went into; null while there is none.</summary>
    public long? Height { get; set; }

    public static async Task<Calendar> StartAsync()
    {
        var calendar = new Calendar();
        (calendar.app, calendar.Address) = await Local.StartAsync(app =>
        {
            app.MapPost("/digest", calendar.Submit);
            app.MapGet("/timestamp/{commitment:length(64)}", calendar.Timestamp);
        });
        return calendar;
    }

    /// <summary>A promise: append four bytes, hash, pending at an address.</summary>
    public static byte[] Promise(string address) =>
        [0xf0, (byte)Salt.Length, .. Salt, 0x08, 0x00, 0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e, (byte)(address.Length + 1), (byte)address.Length, .. Encoding.ASCII.GetBytes(address)];

    /// <summary>A block: prepend a byte, hash twice, and its height.</summary>
    public static byte[] Block(long height)
    {
        byte[] number = [(byte)(height | 0x80), (byte)((height >> 7) | 0x80), (byte)(height >> 14)];
        return [0xf1, 1, 9, 0x08, 0x08, 0x00, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, (byte)number.Length, .. number];
    }

    /// <summary>What the block's header has, as explorers show it.</summary>
    public static string MerkleRoot(byte[] digest) => Convert.ToHexStringLower([.. SHA256.HashData(SHA256.HashData([9, .. Commitment(digest)])).Reverse()]);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static byte[] Commitment(byte[] digest) => SHA256.HashData([.. digest, .. Salt]);

    private async Task<IResult> Submit(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.Length == 32 ? Results.Bytes(Promise(Address.ToString())) : Results.BadRequest();
    }

    private IResult Timestamp() => Height is { } height ? Results.Bytes(Block(height)) : Results.NotFound();
}
