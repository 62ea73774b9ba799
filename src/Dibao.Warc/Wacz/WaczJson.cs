using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>How the JSON of a package is written: characters as themselves, since no page of HTML ever holds it.</summary>
internal static class WaczJson
{
    public static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    public static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };
}
