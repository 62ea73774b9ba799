using System.Runtime.InteropServices;

namespace Dibao.Log;

/// <summary>The three things that signing needs of OpenSSL's libcrypto: its signing is constant-time, as a secret asks for.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";
    private const int Ed25519 = 1087;

    /// <param name="seed">32 bytes, the secret.</param>
    /// <exception cref="SigningUnavailableException">There is no libcrypto.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        var key = Open(seed);
        try
        {
            var publicKey = new byte[Log.Ed25519.PublicKeySize];
            var length = (nuint)publicKey.Length;
            Require(GetPublicKey(key, publicKey, ref length) == 1, "EVP_PKEY_get_raw_public_key");
            return publicKey;
        }
        finally
        {
            FreeKey(key);
        }
    }

    /// <inheritdoc cref="PublicKey"/>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var key = Open(seed);
        var context = NewContext();
        try
        {
            var signature = new byte[Log.Ed25519.SignatureSize];
            var length = (nuint)signature.Length;
            Require(SignInit(context, 0, 0, 0, key) == 1, "EVP_DigestSignInit");
            Require(Sign(context, signature, ref length, message, (nuint)message.Length) == 1, "EVP_DigestSign");
            return signature;
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    private static nint Open(ReadOnlySpan<byte> seed)
    {
        try
        {
            var key = NewPrivateKey(Ed25519, 0, seed, (nuint)seed.Length);
            Require(key != 0, "EVP_PKEY_new_raw_private_key");
            return key;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new SigningUnavailableException(
                $"{Library} (OpenSSL 3) is not on this machine, and checkpoints are signed with it: install it (apt-get install libssl3). Everything can be kept and checked without it.", missing);
        }
    }

    private static void Require(bool worked, string call)
    {
        if (!worked) throw new SigningUnavailableException($"{Library} refused {call}: its Ed25519 is switched off (a FIPS provider does so). Let OpenSSL load its default provider.", null);
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint NewPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetPublicKey(nint key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int SignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int Sign(nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint length);
}

/// <summary>Nothing can be signed here; the message says why and what to do.</summary>
public sealed class SigningUnavailableException(string message, Exception? cause) : Exception(message, cause);
