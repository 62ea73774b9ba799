using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Dibao.Prove.Witnesses;

namespace Dibao.Prove.Stamps;

/// <summary>Time stamps of an authority over plain bytes.</summary>
/// <remarks>Source: RFC 3161. What is kept is the whole answer (TimeStampResp), as <c>openssl ts -verify -in</c> reads it.</remarks>
public static class Rfc3161
{
    private const int MaxResponseBytes = 64 << 10;

    /// <summary>Asks an authority to stamp bytes.</summary>
    /// <returns>Its answer, which is a right stamp of these very bytes.</returns>
    /// <exception cref="IOException">It did not answer, or with something else; the message names it.</exception>
    public static async Task<byte[]> RequestAsync(HttpClient http, Uri authority, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(content.Span, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        using var body = new ByteArrayContent(request.Encode());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var message = new HttpRequestMessage(HttpMethod.Post, authority) { Content = body };
        var (status, answer) = await http.AnswerAsync(message, MaxResponseBytes, cancel);
        if (status != 200) throw new IOException($"The stamp authority {authority} answered {status}.");
        try
        {
            request.ProcessResponse(answer, out _);
            Verify(answer, content.Span);
            return answer;
        }
        catch (Exception bad) when (bad is CryptographicException or InvalidDataException)
        {
            throw new IOException($"The stamp authority {authority} did not stamp what it was asked to: {bad.Message}", bad);
        }
    }

    /// <summary>Checks a kept answer against the bytes that it stamps.</summary>
    /// <exception cref="InvalidDataException">It is no stamp, one of something else, or its signature is wrong.</exception>
    public static TimeAttestation.Stamped Verify(ReadOnlyMemory<byte> response, ReadOnlySpan<byte> content)
    {
        if (!TryToken(response, out var token)) throw new InvalidDataException("it is no time stamp (RFC 3161)");
        return token.VerifySignatureForData(content, out var certificate) && certificate is not null
            ? new(token.TokenInfo.Timestamp, certificate.Subject)
            : throw new InvalidDataException("it stamps something else, or its signature is wrong");
    }

    // TimeStampResp ::= SEQUENCE { status SEQUENCE { INTEGER … }, timeStampToken ContentInfo OPTIONAL }: the token is its second part.
    private static bool TryToken(ReadOnlyMemory<byte> response, out Rfc3161TimestampToken token)
    {
        token = null!;
        try
        {
            var reader = new System.Formats.Asn1.AsnReader(response, System.Formats.Asn1.AsnEncodingRules.BER);
            var parts = reader.ReadSequence();
            if (reader.HasData) return false;
            var granted = parts.ReadSequence().ReadInteger();
            if (granted > 1 || !parts.HasData) return false;
            var encoded = parts.ReadEncodedValue();
            return !parts.HasData && Rfc3161TimestampToken.TryDecode(encoded, out token!, out var used) && used == encoded.Length;
        }
        catch (Exception bad) when (bad is System.Formats.Asn1.AsnContentException or CryptographicException)
        {
            return false;
        }
    }
}
