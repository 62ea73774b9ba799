using System.Security.Cryptography;
using Dibao.Prove.Witnesses;

namespace Dibao.Prove.Stamps;

/// <summary>Calendars of OpenTimestamps: they take hashes, and have them in a block some hours later.</summary>
/// <param name="calendars">The only addresses that are asked, whatever a proof says.</param>
internal sealed class OtsCalendar(HttpClient http, IReadOnlyList<Uri> calendars)
{
    private const string MediaType = "application/vnd.opentimestamps.v1";
    private const int MaxAnswerBytes = 10 << 10;

    /// <summary>Hands the hash of some bytes to every calendar.</summary>
    /// <returns>A proof that promises; null when no calendar answered.</returns>
    /// <param name="failed">Told of each that did not.</param>
    public async Task<OtsProof?> SubmitAsync(ReadOnlyMemory<byte> content, Action<string> failed, CancellationToken cancel)
    {
        var digest = SHA256.HashData(content.Span);
        List<byte[]> answers = [];
        foreach (var calendar in calendars)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, At(calendar, "digest")) { Content = new ByteArrayContent(digest) };
                var (status, answer) = await http.AnswerAsync(Accepting(request), MaxAnswerBytes, cancel);
                if (status != 200) { failed($"The calendar {calendar} answered {status}."); continue; }
                // Looked through before it is kept beside the others.
                OtsProof.Of(digest, [answer]).Attestations();
                answers.Add(answer);
            }
            catch (Exception bad) when (bad is IOException or InvalidDataException)
            {
                failed($"The calendar {calendar} did not stamp: {bad.Message}");
            }
        }
        return answers.Count == 0 ? null : OtsProof.Of(digest, answers);
    }

    /// <summary>Asks for the blocks that calendars promised.</summary>
    /// <inheritdoc cref="SubmitAsync" path="/param"/>
    public Task<OtsProof> CompleteAsync(OtsProof proof, Action<string> failed, CancellationToken cancel) => proof.CompleteAsync(async (named, message) =>
    {
        // A proof may name any address: only those of the operator are asked.
        if (calendars.FirstOrDefault(calendar => calendar.ToString().TrimEnd('/') == named.TrimEnd('/')) is not { } calendar) return null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, At(calendar, $"timestamp/{Convert.ToHexStringLower(message)}"));
            var (status, answer) = await http.AnswerAsync(Accepting(request), MaxAnswerBytes, cancel);
            if (status == 404) return null;
            if (status == 200) return answer;
            failed($"The calendar {calendar} answered {status}.");
            return null;
        }
        catch (IOException bad)
        {
            failed(bad.Message);
            return null;
        }
    });

    private static HttpRequestMessage Accepting(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd(MediaType);
        return request;
    }

    private static Uri At(Uri calendar, string path) => new(calendar.ToString().TrimEnd('/') + "/" + path);
}
