namespace Dibao.Prove.Witnesses;

/// <summary>Asking services that an operator named: one answer, within bounds, no redirects.</summary>
public static class BoundedHttp
{
    private const int BufferBytes = 16 << 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A client for witnesses, stamp authorities and calendars.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Limit }) { Timeout = Limit };

    /// <exception cref="IOException">No answer, or one that is longer than <paramref name="maxBytes"/>; the message names the address.</exception>
    internal static async Task<(int Status, byte[] Answer)> AnswerAsync(this HttpClient http, HttpRequestMessage request, int maxBytes, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            using var answer = new MemoryStream();
            var buffer = new byte[BufferBytes];
            for (var read = await body.ReadAsync(buffer, cancel); read > 0; read = await body.ReadAsync(buffer, cancel))
            {
                answer.Write(buffer, 0, read);
                if (answer.Length > maxBytes) throw new IOException($"{request.RequestUri} answered with more than {maxBytes} bytes.");
            }
            return ((int)response.StatusCode, answer.ToArray());
        }
        catch (HttpRequestException failed)
        {
            throw new IOException($"{request.RequestUri} did not answer: {failed.Message}", failed);
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"{request.RequestUri} did not answer within {http.Timeout.TotalSeconds} s.", slow);
        }
    }
}
