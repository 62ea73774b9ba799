using System.Security.Cryptography;
using System.Text;
using Dibao.Prove.Stamps;
using Dibao.Tests.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

public class StampTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("hewan.example/log\n5\n");

    [Fact]
    public async Task An_authority_on_OpenSSL_stamps_and_OpenSSL_reads_what_is_kept()
    {
        await using var authority = await StampAuthority.StartAsync();
        using var http = new HttpClient();
        var response = await Rfc3161.RequestAsync(http, authority.Address, Content, TestContext.Current.CancellationToken);
        var stamped = Rfc3161.Verify(response, Content);
        stamped.At.ShouldBeGreaterThan(DateTimeOffset.UnixEpoch.AddYears(50));
        stamped.Authority.ShouldContain("Hewan Stamps");
        authority.Verify(response, Content).ShouldContain("Verification: OK");
        Should.Throw<InvalidDataException>(() => Rfc3161.Verify(response, "something else"u8)).Message.ShouldContain("something else");
    }

    [Fact]
    public async Task A_stamp_with_a_flipped_bit_is_refused_or_says_the_same()
    {
        await using var authority = await StampAuthority.StartAsync();
        using var http = new HttpClient();
        var response = await Rfc3161.RequestAsync(http, authority.Address, Content, TestContext.Current.CancellationToken);
        var right = Rfc3161.Verify(response, Content);
        var random = new Random(3161);
        for (var i = 0; i < 400; i++)
        {
            var changed = response.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                // What the signature does not cover (the certificates that come along) may change; the time may not.
                Rfc3161.Verify(changed, Content).At.ShouldBe(right.At);
            }
            catch (InvalidDataException refused)
            {
                refused.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public async Task An_authority_that_stamps_something_else_or_nothing_is_not_believed()
    {
        await using var authority = await StampAuthority.StartAsync();
        using var http = new HttpClient();
        authority.StampsInstead = "another digest"u8.ToArray();
        (await Should.ThrowAsync<IOException>(() => Rfc3161.RequestAsync(http, authority.Address, Content, TestContext.Current.CancellationToken)))
            .Message.ShouldContain(authority.Address.ToString());
        authority.Answers = 500;
        (await Should.ThrowAsync<IOException>(() => Rfc3161.RequestAsync(http, authority.Address, Content, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("answered 500");
        foreach (var rubbish in new byte[][] { [], [0x30], [0x30, 0x80], [0x30, 3, 2, 1, 0], new byte[1000] })
        {
            Should.Throw<InvalidDataException>(() => Rfc3161.Verify(rubbish, Content));
        }
    }

    [Fact]
    public async Task A_calendar_promises_first_and_names_a_block_later()
    {
        await using var calendar = await Calendar.StartAsync();
        await using var other = await Calendar.StartAsync();
        using var http = new HttpClient();
        var calendars = new OtsCalendar(http, [calendar.Address, other.Address]);
        var cancel = TestContext.Current.CancellationToken;
        var proof = (await calendars.SubmitAsync(Content, Fail, cancel)).ShouldNotBeNull();
        proof.IsOver(Content).ShouldBeTrue();
        proof.Attestations().ShouldBe([new TimeAttestation.Pending(calendar.Address.ToString()), new TimeAttestation.Pending(other.Address.ToString())]);

        (await calendars.CompleteAsync(proof, Fail, cancel)).ShouldBe(proof);
        calendar.Height = 800_000;
        var completed = OtsProof.Parse((await calendars.CompleteAsync(OtsProof.Parse(proof.ToBytes()), Fail, cancel)).ToBytes());
        completed.Attestations()[0].ShouldBe(new TimeAttestation.NeedsBlockHeader(800_000, Calendar.MerkleRoot(SHA256.HashData(Content))));
        completed.Attestations()[1].ShouldBe(new TimeAttestation.Pending(other.Address.ToString()));
    }

    [Fact]
    public void The_reference_implementation_reads_our_proofs_and_writes_the_same()
    {
        const string Python = "/usr/bin/python3";
        if (Tool.Try(Python, ["-c", "import opentimestamps.core.timestamp"]).Code != 0) Assert.Skip("python3-opentimestamps is not installed; see test.sh.");
        var proof = OtsProof.Of(SHA256.HashData(Content), [Calendar.Promise("http://calendar.example/"), Calendar.Block(700_000)]);
        var theirs = Tool.Run(Python, "-c", $"""
            from opentimestamps.core.timestamp import DetachedTimestampFile
            from opentimestamps.core.serialize import BytesDeserializationContext, BytesSerializationContext
            file = DetachedTimestampFile.deserialize(BytesDeserializationContext(bytes.fromhex('{Convert.ToHexString(proof.ToBytes())}')))
            print(file.file_digest.hex())
            for message, attestation in sorted(file.timestamp.all_attestations(), key=repr):
                print(getattr(attestation, 'uri', None) or (attestation.height, message[::-1].hex()))
            written = BytesSerializationContext()
            file.serialize(written)
            print(written.getbytes().hex())
            """).Split('\n');
        theirs[0].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Content)));
        theirs[1..3].ShouldBe(
            ["http://calendar.example/", $"(700000, '{((TimeAttestation.NeedsBlockHeader)proof.Attestations()[1]).MerkleRoot}')"], ignoreOrder: true);
        OtsProof.Parse(Convert.FromHexString(theirs[3])).Attestations().ShouldBe(proof.Attestations(), ignoreOrder: true);
    }

    [Fact]
    public async Task A_calendar_that_fails_is_named_and_the_others_count()
    {
        await using var calendar = await Calendar.StartAsync();
        using var http = new HttpClient();
        var failures = new List<string>();
        var gone = new Uri("http://127.0.0.1:1/");
        var proof = await new OtsCalendar(http, [gone, calendar.Address]).SubmitAsync(Content, failures.Add, TestContext.Current.CancellationToken);
        proof.ShouldNotBeNull().Attestations().Count.ShouldBe(1);
        failures.ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:1/");
        // A proof may name any address: one that the operator did not name is not asked.
        (await new OtsCalendar(http, [gone]).CompleteAsync(proof, Fail, TestContext.Current.CancellationToken)).ShouldBe(proof);
    }

    [Fact]
    public void No_bytes_make_the_reader_of_proofs_do_anything_but_refuse()
    {
        var digest = SHA256.HashData(Content);
        var seed = OtsProof.Of(digest, [Calendar.Promise("http://calendar.example/"), Calendar.Block(700_000)]).ToBytes();
        OtsProof.Parse(seed).ToBytes().ShouldBe(seed);
        var random = new Random(31);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = seed.ToList();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0) bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at - 1));
                else if (random.Next(2) == 0) bytes.Insert(at, (byte)random.Next(256));
                else bytes[at] = (byte)random.Next(256);
            }
            try { OtsProof.Parse([.. bytes]).Attestations().Count.ShouldBeLessThan(bytes.Count); }
            catch (InvalidDataException refused) { refused.Message.ShouldNotBeEmpty(); }
        }
        // Deeper than anybody means: refused, and not by the stack.
        Should.Throw<InvalidDataException>(() => OtsProof.Parse([.. seed.AsSpan(0, 31 + 2 + 32), .. Enumerable.Repeat((byte)0x08, 200_000)]));
    }

    private static void Fail(string words) => Assert.Fail(words);
}
