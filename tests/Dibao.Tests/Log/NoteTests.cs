using System.Text;
using Dibao.Log;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class NoteTests
{
    private static readonly SigningKey Key = SigningKey.FromSeed("hewan.example/log", Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());
    private static readonly SigningKey Witness = SigningKey.FromSeed("witness.example/w1", new byte[32], SignatureType.TimestampedEd25519);
    private static readonly Checkpoint Head = new("hewan.example/log", 1_000, TreeHash.OfLeaf("x"u8));
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_checkpoint_is_read_back_as_it_was_signed()
    {
        var bytes = SignedCheckpoint.Sign(Head, Key).Note.ToBytes();
        var read = SignedCheckpoint.Open(bytes, Key.Verifier);
        read.Checkpoint.ShouldBe(Head);
        read.Note.ToBytes().ShouldBe(bytes);
        Encoding.UTF8.GetString(bytes).ShouldStartWith($"hewan.example/log\n1000\n{Head.Root}\n\n— hewan.example/log ");
    }

    [Fact]
    public void A_key_is_written_as_Go_writes_it()
    {
        var text = Key.Verifier.ToString();
        text.ShouldStartWith("hewan.example/log+");
        VerifierKey.Parse(text).ShouldBe(Key.Verifier);
        // The example of Go's own documentation.
        VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").Name.ShouldBe("PeterNeumann");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a+b")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void What_is_no_key_is_refused_in_words(string text) => Should.Throw<FormatException>(() => VerifierKey.Parse(text)).Message.ShouldStartWith("it");

    [Fact]
    public void Go_opens_our_notes_and_we_open_those_of_Go()
    {
        var theirs = Tool.Go("sign", Key.ToSecretText(), Head.ToText()) + "\n";
        theirs.ShouldBe(SignedCheckpoint.Sign(Head, Key).Note.ToString());
        SignedCheckpoint.Open(Encoding.UTF8.GetBytes(theirs), Key.Verifier).Checkpoint.ShouldBe(Head);
    }

    [Fact]
    public void A_checkpoint_of_another_log_is_refused_by_name()
    {
        var other = SigningKey.Generate("shanmen.example/log");
        var bytes = SignedCheckpoint.Sign(Head with { Origin = "shanmen.example/log" }, other).Note.ToBytes();
        Should.Throw<FormatException>(() => SignedCheckpoint.Open(bytes, Key.Verifier)).Message
            .ShouldBe("it is a checkpoint of the log shanmen.example/log, and the key is of hewan.example/log");
        var forged = SignedCheckpoint.Sign(Head, other).Note.ToBytes();
        Should.Throw<FormatException>(() => SignedCheckpoint.Open(forged, Key.Verifier)).Message.ShouldContain("missing or wrong");
    }

    [Fact]
    public void Signatures_of_strangers_are_ignored_and_a_wrong_one_of_a_known_key_is_not()
    {
        var note = SignedCheckpoint.Sign(Head, Key).Note;
        note.With([new("stranger.example", 7, new byte[64])]).IsSignedBy(Key.Verifier).ShouldBeTrue();
        note.With([new(Key.Verifier.Name, Key.Verifier.Id, new byte[64])]).IsSignedBy(Key.Verifier).ShouldBeFalse();
        note.With([new(Key.Verifier.Name, 7, new byte[64])]).IsSignedBy(Key.Verifier).ShouldBeTrue();
    }

    [Fact]
    public void A_witness_says_when_it_saw_the_checkpoint()
    {
        var signed = SignedCheckpoint.Sign(Head, Key).Note;
        var cosigned = SignedNote.Parse(signed.With([Cosignature.Sign(signed.Text, Witness, Noon)]).ToBytes());
        cosigned.CosignedAt(Witness.Verifier).ShouldBe(Noon);
        cosigned.IsSignedBy(Key.Verifier).ShouldBeTrue();
        signed.CosignedAt(Witness.Verifier).ShouldBeNull();
        var line = Cosignature.Sign(signed.Text, Witness, Noon);
        for (var i = 0; i < line.Signature.Length; i++)
        {
            var bytes = line.Signature.ToArray();
            bytes[i] ^= 1;
            signed.With([line with { Signature = bytes }]).CosignedAt(Witness.Verifier).ShouldBeNull();
        }
    }

    [Fact]
    public void Any_changed_byte_of_a_checkpoint_is_refused()
    {
        var bytes = SignedCheckpoint.Sign(Head, Key).Note.ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in new byte[] { 1, 2, 0x20, 0x80, 0xFF })
            {
                var changed = bytes.ToArray();
                changed[i] ^= flip;
                Should.Throw<FormatException>(() => SignedCheckpoint.Open(changed, Key.Verifier), $"byte {i}");
            }
        }
        for (var length = 0; length < bytes.Length; length++) Should.Throw<FormatException>(() => SignedCheckpoint.Open(bytes.AsSpan(0, length), Key.Verifier));
    }

    [Theory]
    [InlineData("hewan.example/log\n01000\nROOT\n")]
    [InlineData("hewan.example/log\n-1\nROOT\n")]
    [InlineData("hewan.example/log\n9223372036854775808\nROOT\n")]
    [InlineData("hewan.example/log\n1 000\nROOT\n")]
    [InlineData("hewan.example/log\n1000\nAAAA\n")]
    [InlineData("hewan.example/log\n1000\n")]
    [InlineData("\n1000\nROOT\n")]
    [InlineData("hewan.example/log\n1000\nROOT\n\nmore\n")]
    public void What_is_no_checkpoint_is_refused(string text) =>
        Should.Throw<FormatException>(() => Checkpoint.Parse(text.Replace("ROOT", Head.Root.ToString(), StringComparison.Ordinal)));

    [Fact]
    public void Base64_has_one_spelling()
    {
        var text = Head.Root.ToString();
        TreeHash.TryParseBase64(text, out _).ShouldBeTrue();
        // The last digit before = carries four bits, and six would fit.
        var other = text[..^2] + (char)(text[^2] + 1) + "=";
        TreeHash.TryParseBase64(other, out _).ShouldBeFalse();
        TreeHash.TryParseBase64(" " + text[1..], out _).ShouldBeFalse();
    }

    [Fact]
    public void No_bytes_make_the_parsers_do_anything_but_refuse()
    {
        var seed = new TlogProof { Index = 3, Hashes = [Head.Root, TreeHash.Empty], Checkpoint = SignedCheckpoint.Sign(Head, Key), Extra = new byte[42] }.ToBytes();
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Mutated(seed, random);
            Refuses(() => TlogProof.Parse(bytes));
            Refuses(() => SignedCheckpoint.Parse(bytes));
            Refuses(() => VerifierKey.Parse(Encoding.Latin1.GetString(bytes)));
            Tile.TryParse(Encoding.Latin1.GetString(bytes), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void No_text_makes_a_key_or_a_path_throw() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        if (Tile.TryParse(text ?? "", out var tile) && tile.Path != text) return false;
        return !VerifierKey.TryParse(text ?? "", out var key, out _) || key.ToString() == text!.Trim();
    }).QuickCheckThrowOnFailure();

    private static void Refuses(Action parse)
    {
        try { parse(); }
        catch (FormatException refused) { refused.Message.ShouldNotBeEmpty(); }
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at - 1)); break;
                case 2: bytes.Insert(at, (byte)"\n +=0\u0080"[random.Next(6)]); break;
                default: bytes.InsertRange(at, bytes.GetRange(0, random.Next(bytes.Count))); break;
            }
        }
        return [.. bytes];
    }
}
