using System.Text;
using Dibao.Log;
using Dibao.Prove.Witnesses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dibao.Tests.Prove;

/// <summary>A witness as C2SP tlog-witness describes it: it signs what only grew, and nothing else.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private readonly SigningKey key = SigningKey.Generate("witness.example/w1", SignatureType.TimestampedEd25519);
    private WebApplication app = null!;
    private Checkpoint? seen;

    public Witness Witness { get; private set; } = null!;

    public VerifierKey LogKey { get; set; } = null!;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How often it signed.</summary>
    public int Signed { get; private set; }

    /// <summary>Answers with a signature of its own key that is wrong.</summary>
    public bool Lies { get; set; }

    public static async Task<WitnessServer> StartAsync(VerifierKey logKey)
    {
        var server = new WitnessServer { LogKey = logKey };
        var (app, address) = await Local.StartAsync(app => app.MapPost("/w/add-checkpoint", server.AddAsync));
        server.app = app;
        server.Witness = new(server.key.Verifier, new(address, "w/"));
        return server;
    }

    public void Forget() => seen = null;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var parts = (await reader.ReadToEndAsync()).Split("\n\n", 2);
        var lines = parts[0].Split('\n');
        SignedCheckpoint checkpoint;
        try { checkpoint = SignedCheckpoint.Parse(Encoding.UTF8.GetBytes(parts[1])); }
        catch (FormatException) { return Results.BadRequest(); }
        if (checkpoint.Checkpoint.Origin != LogKey.Name) return Results.NotFound();
        if (!checkpoint.Note.IsSignedBy(LogKey)) return Results.StatusCode(403);
        var old = long.Parse(lines[0]["old ".Length..], null);
        if (old > checkpoint.Checkpoint.Size) return Results.BadRequest();
        if (old != (seen?.Size ?? 0)) return Results.Text($"{seen?.Size ?? 0}\n", "text/x.tlog.size", Encoding.UTF8, 409);
        var proof = lines.Skip(1).Select(line => TreeHash.TryParseBase64(line, out var hash) ? hash : default).ToList();
        if (!MerkleProof.VerifyConsistency(old, seen?.Root ?? TreeHash.Empty, checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root, proof)) return Results.StatusCode(422);
        seen = checkpoint.Checkpoint;
        Signed++;
        var signature = Cosignature.Sign(checkpoint.Note.Text, key, Now);
        if (Lies) signature = signature with { Signature = new byte[72] };
        // Others may have signed as well: what is not asked for is left out.
        return Results.Text(signature.ToLine() + new NoteSignature("stranger.example", 7, new byte[72]).ToLine());
    }
}
