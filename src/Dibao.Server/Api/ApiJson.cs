using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dibao.Server.Api;

/// <summary>How the API writes JSON.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Readable { get; } = Apply(new(JsonSerializerDefaults.Web));

    /// <summary>camelCase, enumerations as words, Han characters as they are: answers are JSON documents, never part of an HTML page.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
