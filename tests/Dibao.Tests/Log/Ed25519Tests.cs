using System.Numerics;
using System.Text;
using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class Ed25519Tests
{
    // RFC 8032 §7.1: seed, public key, message, signature.
    public static readonly TheoryData<string, string, string, string> Vectors = new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Signatures_are_those_of_RFC_8032(string seed, string publicKey, string message, string signature)
    {
        var key = SigningKey.FromSeed("rfc.example", Convert.FromHexString(seed));
        var bytes = Convert.FromHexString(message);
        Convert.ToHexStringLower(key.Verifier.Key).ShouldBe(publicKey);
        Convert.ToHexStringLower(key.Sign(bytes)).ShouldBe(signature);
        Ed25519.Verify(key.Verifier.Key, bytes, Convert.FromHexString(signature)).ShouldBeTrue();
    }

    [Fact]
    public void What_OpenSSL_signs_is_right_and_any_flipped_bit_is_wrong()
    {
        var random = new Random(8032);
        for (var i = 0; i < 200; i++)
        {
            var key = SigningKey.Generate("random.example");
            var message = new byte[random.Next(200)];
            random.NextBytes(message);
            var signature = key.Sign(message);
            Ed25519.Verify(key.Verifier.Key, message, signature).ShouldBeTrue();
            Ed25519.Verify(key.Verifier.Key, message, Flipped(signature, random)).ShouldBeFalse();
            Ed25519.Verify(Flipped(key.Verifier.Key.ToArray(), random), message, signature).ShouldBeFalse();
            if (message.Length > 0) Ed25519.Verify(key.Verifier.Key, Flipped(message, random), signature).ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_bit_of_a_signature_counts()
    {
        var key = SigningKey.Generate("bits.example");
        var signature = key.Sign("邸报"u8);
        for (var bit = 0; bit < 512; bit++)
        {
            var flipped = signature.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Ed25519.Verify(key.Verifier.Key, "邸报"u8, flipped).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public void A_second_signature_cannot_be_made_by_adding_the_order()
    {
        var key = SigningKey.Generate("malleable.example");
        var signature = key.Sign("once"u8);
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);
        var larger = new BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        larger.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true).ShouldBeTrue();
        Ed25519.Verify(key.Verifier.Key, "once"u8, signature).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_key_verifies_nothing()
    {
        var signature = SigningKey.Generate("a.example").Sign("a"u8);
        var notOnCurve = new byte[32];
        notOnCurve[0] = 2;
        var beyondThePrime = Enumerable.Repeat((byte)0xFF, 32).ToArray();
        foreach (var key in new[] { [], new byte[31], notOnCurve, beyondThePrime }) Ed25519.Verify(key, "a"u8, signature).ShouldBeFalse();
        foreach (var wrong in new[] { [], new byte[63], new byte[65] }) Ed25519.Verify(new byte[32], "a"u8, wrong).ShouldBeFalse();
    }

    [Fact]
    public void Node_and_OpenSSL_agree()
    {
        var key = SigningKey.Generate("node.example");
        var message = "一份检查点\n"u8;
        var signature = Convert.ToHexStringLower(key.Sign(message));
        var spki = "302a300506032b6570032100" + Convert.ToHexStringLower(key.Verifier.Key);
        Tool.Run("node", "-e",
            $"crypto.subtle.importKey('raw', Buffer.from('{Convert.ToHexStringLower(key.Verifier.Key)}', 'hex'), 'Ed25519', true, ['verify'])" +
            $".then(k => crypto.subtle.verify('Ed25519', k, Buffer.from('{signature}', 'hex'), Buffer.from('{Convert.ToHexStringLower(message)}', 'hex')))" +
            ".then(console.log)").ShouldBe("true");
        var folder = Directory.CreateTempSubdirectory("dibao-ed25519-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "key.der"), Convert.FromHexString(spki));
        File.WriteAllBytes(Path.Combine(folder, "message"), message.ToArray());
        File.WriteAllBytes(Path.Combine(folder, "signature"), Convert.FromHexString(signature));
        Tool.Run("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", Path.Combine(folder, "key.der"), "-rawin",
            "-in", Path.Combine(folder, "message"), "-sigfile", Path.Combine(folder, "signature")).ShouldContain("Successfully");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_private_key_is_read_back_and_never_shown()
    {
        var key = SigningKey.Generate("dibao.example/log");
        SigningKey.Parse(key.ToSecretText() + "\n").Verifier.ShouldBe(key.Verifier);
        var secret = key.ToSecretText();
        foreach (var bad in new[] { "", "PRIVATE+KEY+", secret[..^4], secret.Replace("dibao", "debao", StringComparison.Ordinal), key.Verifier.ToString() })
        {
            Should.Throw<FormatException>(() => SigningKey.Parse(bad)).Message.ShouldNotContain(secret[^20..]);
        }
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var copy = bytes.ToArray();
        var bit = random.Next(8 * copy.Length);
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }
}
