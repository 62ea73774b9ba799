using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class TlogProofTests
{
    private static readonly SigningKey Key = SigningKey.FromSeed("hewan.example/log", new byte[32]);
    private static readonly Grown Tree = new(100);

    [Fact]
    public void A_proof_is_read_back_and_proves_its_entry_and_no_other()
    {
        var proof = TlogProof.Parse(Of(42).ToBytes());
        proof.Proves(Grown.Entry(42)).ShouldBeTrue();
        proof.Proves(Grown.Entry(41)).ShouldBeFalse();
        proof.Checkpoint.RequireFrom(Key.Verifier);
        proof.ToBytes().ShouldBe(Of(42).ToBytes());
    }

    [Fact]
    public void It_is_written_as_C2SP_has_it()
    {
        var lines = (Of(5) with { Extra = "entry"u8.ToArray() }).ToString().Split('\n');
        lines[0].ShouldBe("c2sp.org/tlog-proof@v1");
        lines[1].ShouldBe("extra ZW50cnk=");
        lines[2].ShouldBe("index 5");
        lines[3].ShouldBe(Tree.Subtree(0, 4).ToString());
        lines[10].ShouldBe("");
        lines[11].ShouldBe("hewan.example/log");
    }

    [Fact]
    public void Any_changed_byte_of_a_proof_is_refused()
    {
        var bytes = (Of(42) with { Extra = Grown.Entry(42) }).ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in new byte[] { 1, 2, 4, 0x20, 0x80 })
            {
                var changed = bytes.ToArray();
                changed[i] ^= flip;
                IsAccepted(changed).ShouldBeFalse($"byte {i}");
            }
        }
        IsAccepted(bytes).ShouldBeTrue();
    }

    private static bool IsAccepted(byte[] bytes)
    {
        try
        {
            var proof = TlogProof.Parse(bytes);
            proof.Checkpoint.RequireFrom(Key.Verifier);
            return proof.Proves(proof.Extra.Span) && proof.Extra.Span.SequenceEqual(Grown.Entry(42)) && proof.Index == 42;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static TlogProof Of(long index) => new()
    {
        Index = index,
        Hashes = MerkleProof.Inclusion(index, Tree.Size, Tree.Subtree),
        Checkpoint = SignedCheckpoint.Sign(new("hewan.example/log", Tree.Size, Tree.Root(Tree.Size)), Key),
    };
}
